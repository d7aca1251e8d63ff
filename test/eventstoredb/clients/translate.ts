import type { Filter, Follower, Position, ReadEvent } from '../suite/subject.js';

/** What both clients' events have. */
interface ClientEvent {
  readonly streamId: string;
  readonly id: string;
  readonly revision: bigint;
  readonly type: string;
  readonly data: unknown;
  readonly metadata?: unknown;
  readonly created: Date;
  readonly position?: Position;
}

interface Resolved {
  readonly event?: ClientEvent | undefined;
}

export function readEvent({ event }: Resolved): ReadEvent {
  if (event === undefined) throw new Error('The client handed on an answer without an event.');
  const { id, streamId, revision, type, data, metadata, created, position } = event;
  return { id, stream: streamId, revision, type, data, metadata, created, position };
}

export async function collect(events: AsyncIterable<Resolved>): Promise<ReadEvent[]> {
  const found: ReadEvent[] = [];
  for await (const event of events) found.push(readEvent(event));
  return found;
}

/** What both clients' subscriptions can do, as far as the suite needs it. */
interface ClientSubscription {
  on(name: 'data', listener: (event: Resolved) => void): unknown;
  on(name: 'error', listener: (error: Error) => void): unknown;
  on(name: 'confirmation' | 'caughtUp', listener: () => void): unknown;
  unsubscribe(): Promise<void>;
}

export function follower(subscription: unknown, checkpoints: Position[] = []): Follower {
  const followed = subscription as ClientSubscription;
  const told: Follower = {
    events: [],
    checkpoints,
    caughtUp: 0,
    confirmed: false,
    error: null,
    unsubscribe: () => followed.unsubscribe(),
  };
  followed.on('data', (event) => {
    told.events.push(readEvent(event));
  });
  followed.on('confirmation', () => {
    told.confirmed = true;
  });
  followed.on('caughtUp', () => {
    told.caughtUp += 1;
  });
  followed.on('error', (error) => {
    told.error = error;
  });
  return told;
}

/** What a client says of an append that it was answered. */
export function appended(result: {
  readonly nextExpectedRevision: bigint;
  readonly position?: Position;
}): { readonly revision: bigint; readonly position: Position } {
  if (result.position === undefined) throw new Error('The append was answered without a position.');
  return { revision: result.nextExpectedRevision, position: result.position };
}

/** A filter as both clients take it; what it tells of checkpoints goes into `checkpoints`. */
export function clientFilter(filter: Filter, checkpoints: Position[]) {
  const filterOn: 'streamName' | 'eventType' = filter.on === 'stream' ? 'streamName' : 'eventType';
  const common = {
    filterOn,
    ...(filter.maxSearchWindow !== undefined && { maxSearchWindow: filter.maxSearchWindow }),
    checkpointInterval: filter.checkpointInterval ?? 1,
    checkpointReached: (_subscription: unknown, position: Position): Promise<void> => {
      checkpoints.push(position);
      return Promise.resolve();
    },
  };
  return filter.regex === undefined
    ? { ...common, prefixes: [...(filter.prefixes ?? [])] }
    : { ...common, regex: filter.regex };
}
