import { randomUUID } from 'node:crypto';
import {
  NO_STREAM,
  START,
  type Appended,
  type EventReader,
  type EventStore,
  type EventToAppend,
  type RecordedEvent,
} from '../event-store.js';

/** An event to append, with a new id and default values, changed as given. */
export const anEvent = (change: Partial<EventToAppend> = {}): EventToAppend => ({
  id: randomUUID(),
  type: 'Counted',
  schemaVersion: 1,
  at: '2026-11-24T12:00:00.000Z',
  data: {},
  metadata: { actor: { id: 'alice', role: 'customer' } },
  ...change,
});

/** New events, numbered in their data. */
export const someEvents = (count: number): EventToAppend[] =>
  Array.from({ length: count }, (_, n) => anEvent({ data: { n } }));

export const aStream = (): string => `stream-${randomUUID()}`;

/** Appends a number of events to a new stream. */
export async function streamOf(
  store: EventStore,
  count: number,
): Promise<Appended & { readonly stream: string; readonly events: readonly EventToAppend[] }> {
  const stream = aStream();
  const events = someEvents(count);
  return { ...(await store.append(stream, NO_STREAM, events)), stream, events };
}

export const idsOf = (events: readonly { readonly id: string }[]): string[] =>
  events.map(({ id }) => id);

/** All events of a stream, in order. */
export const wholeStream = (
  store: EventReader,
  stream: string,
): Promise<readonly RecordedEvent[]> => store.readStream(stream, { limit: 1_000_000 });

/** All events of the log, in order. */
export const wholeLog = async (store: EventReader): Promise<readonly RecordedEvent[]> =>
  store.readAll({ after: START, limit: 1_000_000 });
