import { entryIds, type EntryGroup, type TicketEntry } from '#projections/ticket-entries.js';
import type { Actor } from '#ticketing/decision.js';
import type { Requester } from '#ticketing/ticket/state.js';
import { mayOnTicket } from '#ticketing/ticket/visibility.js';
import type { Found, ViewReader } from '#view-stores/view-store.js';
import { readCursor, writeCursor } from '../cursor.js';
import { DEFAULT_LIMIT, MAX_PAGE_BYTES } from '../paging.js';
import type { PageRequest } from '../query-requests.js';

/** Some of the messages and notes of a ticket: those that a person may read. */
export interface EntriesQuery {
  readonly ticketId: string;
  readonly groups: readonly EntryGroup[];
}

/** A page of the messages and notes of a ticket. */
export interface EntriesPage {
  readonly latestFirst: readonly TicketEntry[];
  /** The cursor of earlier ones; null if there are none. */
  readonly nextCursor: string | null;
}

export const entriesQuery = (
  actor: Actor,
  ticketId: string,
  requester: Requester,
): EntriesQuery => ({
  ticketId,
  groups: mayOnTicket(actor, 'readNotes', requester) ? ['message', 'note'] : ['message'],
});

/** The cursor of the entries before a revision. */
export const entriesCursor = (query: EntriesQuery, revision: number): string =>
  writeCursor(query, { value: revision, id: query.ticketId });

/**
 * Reads the latest entries, or those before a cursor. A page of large entries is shorter than the
 * limit. Messages and notes have separate ids, so that a customer's page reads no notes.
 */
export async function readEntries(
  reader: ViewReader<TicketEntry>,
  query: EntriesQuery,
  { limit = DEFAULT_LIMIT, cursor }: PageRequest,
): Promise<EntriesPage> {
  const before = cursor === undefined ? undefined : Number(readCursor(query, cursor).value);
  const latest = (group: EntryGroup) =>
    reader.find({
      where: [{ field: 'id', ...entryIds(query.ticketId, group, before) }],
      sort: { field: 'id', descending: true },
      limit: limit + 1,
      maxBytes: MAX_PAGE_BYTES,
    });
  const found = (await Promise.all(query.groups.map(latest))).flat();
  found.sort((one, other) => other.view.revision - one.view.revision);
  const page = found.slice(0, Math.min(limit, fitting(found)));
  const last = page.at(-1);
  // A single entry that is too large ends the read as well: there may be more.
  const isMore = page.length < found.length || (last !== undefined && last.bytes > MAX_PAGE_BYTES);
  return {
    latestFirst: page.map(({ view }) => view),
    nextCursor: isMore && last !== undefined ? entriesCursor(query, last.view.revision) : null,
  };
}

/** How many of the first documents fit into a page; always one. */
function fitting(found: readonly Found<unknown>[]): number {
  let bytes = 0;
  const tooMany = found.findIndex((one) => (bytes += one.bytes) > MAX_PAGE_BYTES);
  return tooMany < 0 ? found.length : Math.max(1, tooMany);
}
