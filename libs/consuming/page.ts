import { decode } from '#event-store/codec/decode.js';
import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import type { Position, RecordedEvent } from '#event-store/event-store.js';
import { checkpointAt, type Checkpoint } from './checkpoint.js';

/** An event of a page, decoded once on first use. */
export class PageEntry {
  #event: DecodedEvent | null = null;

  constructor(readonly stored: RecordedEvent) {}

  /** @throws UnknownStoredEvent for an event that this version cannot decode. */
  get event(): DecodedEvent {
    return (this.#event ??= decode(this.stored));
  }
}

/** Consecutive events of the log, shared by all consumers of a process. */
export interface Page {
  /** The page begins after this position. */
  readonly after: Position;
  readonly entries: readonly PageEntry[];
  /** The checkpoint of a consumer after the page. */
  readonly checkpoint: Checkpoint;
  /** Whether it has the maximum number of events, so that the next page can follow at once. */
  readonly isFull: boolean;
}

/**
 * Creates a page of stored events.
 *
 * @param end - the checkpoint of a page without events
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
    checkpoint: last === undefined ? end : checkpointAt(last),
    isFull: events.length >= pageSizeEvents,
  };
}

/** The part of a page that comes after a position. */
export const restOf = (page: Page, after: Position): Page =>
  after === page.after
    ? page
    : { ...page, after, entries: page.entries.filter(({ stored }) => stored.position > after) };
