import { decode } from '#event-store/codec/decode.js';
import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import type { Position, RecordedEvent } from '#event-store/event-store.js';
import type { Checkpoint } from './checkpoint.js';

/** An event of a page. It is decoded once, by the first consumer that wants it. */
export class PageEntry {
  #event: DecodedEvent | null = null;

  constructor(readonly stored: RecordedEvent) {}

  /** @throws UnknownStoredEvent for an event that this version cannot decode. */
  get event(): DecodedEvent {
    return (this.#event ??= decode(this.stored));
  }
}

/** Consecutive events of the log, as all consumers of a process share them. */
export interface Page {
  /** The page begins after this position. */
  readonly after: Position;
  readonly entries: readonly PageEntry[];
  /** Where a consumer stands that has taken the page. */
  readonly checkpoint: Checkpoint;
  /** Whether it holds as many events as a page may hold: the next one can follow at once. */
  readonly isFull: boolean;
}

/**
 * Makes a page of stored events.
 *
 * @param end - where the page ends if it has no event
 */
export function pageOf(
  after: Position,
  events: readonly RecordedEvent[],
  end: Checkpoint,
  pageSizeEvents: number,
): Page {
  const last = events.at(-1);
  return {
    after,
    entries: events.map((event) => new PageEntry(event)),
    checkpoint: last === undefined ? end : { position: last.position, eventId: last.id },
    isFull: events.length >= pageSizeEvents,
  };
}

/** The part of a page that comes after a position. */
export const restOf = (page: Page, after: Position): Page =>
  after === page.after
    ? page
    : { ...page, after, entries: page.entries.filter(({ stored }) => stored.position > after) };
