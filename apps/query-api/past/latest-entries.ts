import type { TicketEntry } from '#projections/ticket-entries.js';
import { MAX_PAGE_BYTES } from '../paging.js';
import { MAX_ENTRIES } from '../tickets/entries-answer.js';
import { entriesCursor, type EntriesPage, type EntriesQuery } from '../tickets/read-entries.js';

/** The latest messages and notes of a ticket, as many as its page shows, while it is folded. */
export class LatestEntries {
  readonly #latest: TicketEntry[] = [];
  #bytes = 0;
  #hasEarlier = false;

  add(entry: TicketEntry): void {
    this.#latest.push(entry);
    this.#bytes += sizeOf(entry);
    while (this.#latest.length > MAX_ENTRIES || this.#bytes > MAX_PAGE_BYTES) {
      const dropped = this.#latest.shift();
      if (dropped === undefined) return;
      this.#bytes -= sizeOf(dropped);
      this.#hasEarlier = true;
    }
  }

  /** @param query - finds the same entries in the read model, where the cursor continues */
  page(query: EntriesQuery): EntriesPage {
    const [first] = this.#latest;
    return {
      latestFirst: this.#latest.toReversed(),
      nextCursor:
        this.#hasEarlier && first !== undefined ? entriesCursor(query, first.revision) : null,
    };
  }
}

const sizeOf = (entry: TicketEntry): number => Buffer.byteLength(JSON.stringify(entry));
