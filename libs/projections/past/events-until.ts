import { setImmediate } from 'node:timers/promises';
import {
  NO_STREAM,
  type EventReader,
  type RecordedEvent,
  type StreamHead,
} from '#event-store/event-store.js';
import { fitting, HistoryDamaged, requireHistory } from '#event-store/history.js';
import { decode } from '#event-store/codec/decode.js';
import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import type { Projection } from '../projection.js';

/** The last event to read of a stream, by revision or by time in milliseconds since 1970. */
export type Until = { readonly revision: number } | { readonly time: number };

const PAGE = 50;

/** Folding the longest texts of so many events takes some milliseconds. */
const SLICE_EVENTS = 10;

/**
 * The events of a stream up to a revision, or up to a time: all before the first later one. The
 * periods of tickets follow the same rule, also if clocks step back. Other requests run between the
 * slices.
 *
 * @throws HistoryDamaged if one of them was altered or is missing
 * @throws UnknownStoredEvent for an event that this version does not know
 */
export async function* eventsUntil(
  log: Pick<EventReader, 'readStream'>,
  stream: string,
  until: Until,
): AsyncGenerator<readonly DecodedEvent[]> {
  let head = NO_STREAM;
  for (;;) {
    const page = await log.readStream(stream, { from: head.revision + 1, limit: PAGE });
    const end = page.findIndex((event) => isLater(event, until));
    const some = end === -1 ? page : page.slice(0, end);
    requireHistory(stream, head, some);
    head = some.at(-1) ?? head;
    requireNoGap(stream, head, page[end]);
    for (let begin = 0; begin < some.length; begin += SLICE_EVENTS) {
      if (begin > 0) await setImmediate();
      yield some.slice(begin, begin + SLICE_EVENTS).map(decode);
    }
    if (end !== -1 || page.length < PAGE) return;
  }
}

/** An event that is missing may have been the last one to read. */
function requireNoGap(
  stream: string,
  { revision }: StreamHead,
  later: RecordedEvent | undefined,
): void {
  if (later === undefined || later.revision === revision + 1) return;
  throw new HistoryDamaged({ ...later, stream, revision: revision + 1 }, 'is missing');
}

const isLater = (event: { readonly revision: number; readonly at: string }, until: Until) =>
  'revision' in until ? event.revision > until.revision : Date.parse(event.at) > until.time;

/**
 * A projection's document of one stream, folded from its events up to a revision or a time; null if
 * there is none.
 *
 * @param onEvent - receives each event
 */
export async function foldUntil<View>(
  projection: Projection<View>,
  log: Pick<EventReader, 'readStream'>,
  stream: string,
  until: Until,
  onEvent: (event: DecodedEvent) => void = () => undefined,
): Promise<View | null> {
  let view: View | null = null;
  for await (const events of eventsUntil(log, stream, until)) {
    for (const event of events) {
      const before: View | null = view;
      view = fitting(event, () => projection.project(before, event, '', () => before));
      onEvent(event);
    }
  }
  return view;
}
