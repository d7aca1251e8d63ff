import type { Filter, Follower, Position, ReadEvent } from '../suite/subject.js';

/** The members of both clients' events. */
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
  if (event === undefined) throw new Error('The client returned an answer without an event.');
  const { id, streamId, revision, type, data, metadata, created, position } = event;
  return { id, stream: streamId, revision, type, data, metadata, created, position };
}

export async function collect(events: AsyncIterable<Resolved>): Promise<ReadEvent[]> {
  const found: ReadEvent[] = [];
  for await (const event of events) found.push(readEvent(event));
  return found;
}

/** The interface of both clients' subscriptions, as far as the suite needs it. */
interface ClientSubscription {
  on(name: 'data', listener: (event: Resolved) => void): unknown;
  on(name: 'error', listener: (error: Error) => void): unknown;
  on(name: 'confirmation' | 'caughtUp', listener: () => void): unknown;
  unsubscribe(): Promise<void>;
}

export function follower(subscription: unknown, checkpoints: Position[] = []): Follower {
  const followed = subscription as ClientSubscription;
  const follower: Follower = {
    events: [],
    checkpoints,
    caughtUp: 0,
    confirmed: false,
    error: null,
    unsubscribe: () => followed.unsubscribe(),
  };
  followed.on('data', (event) => {
    follower.events.push(readEvent(event));
  });
  followed.on('confirmation', () => {
    follower.confirmed = true;
  });
  followed.on('caughtUp', () => {
    follower.caughtUp += 1;
  });
  followed.on('error', (error) => {
    follower.error = error;
  });
  return follower;
}

/** A client's result of an append. */
export function appended(result: {
  readonly nextExpectedRevision: bigint;
  readonly position?: Position;
}): { readonly revision: bigint; readonly position: Position } {
  if (result.position === undefined) throw new Error('The answer to the append has no position.');
  return { revision: result.nextExpectedRevision, position: result.position };
}

/** A filter for both clients; it records checkpoints in `checkpoints`. */
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
