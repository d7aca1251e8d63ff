import { NO_STREAM, type EventReader } from '#event-store/event-store.js';
import { requireHistory } from '#event-store/history.js';
import { decode } from '#event-store/codec/decode.js';
import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import type { Projection } from '../projection.js';

/** The last event to read of a stream, by revision or by time in milliseconds since 1970. */
export type Until = { readonly revision: number } | { readonly time: number };

const PAGE = 500;

/**
 * The events of a stream up to a revision, or up to a time: all before the first later one. The
 * periods of tickets follow the same rule, also if clocks step back.
 *
 * @throws HistoryDamaged if one of them was altered or is missing
 * @throws UnknownStoredEvent for an event that this version does not know
 */
export async function eventsUntil(
  log: Pick<EventReader, 'readStream'>,
  stream: string,
  until: Until,
): Promise<readonly DecodedEvent[]> {
  const events: DecodedEvent[] = [];
  let head = NO_STREAM;
  for (;;) {
    const page = await log.readStream(stream, { from: events.length, limit: PAGE });
    const end = page.findIndex((event) => isLater(event, until));
    const some = end === -1 ? page : page.slice(0, end);
    requireHistory(stream, head, some);
    head = some.at(-1) ?? head;
    events.push(...some.map(decode));
    if (end !== -1 || page.length < PAGE) return events;
  }
}

const isLater = (event: { readonly revision: number; readonly at: string }, until: Until) =>
  'revision' in until ? event.revision > until.revision : Date.parse(event.at) > until.time;

/** Folds the events of one stream into a projection's document of that stream. */
export function fold<View>(
  projection: Projection<View>,
  events: readonly DecodedEvent[],
): View | null {
  return events.reduce<View | null>(
    (view, event) => projection.project(view, event, '', () => view),
    null,
  );
}
