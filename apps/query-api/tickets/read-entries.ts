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
  const maxBytes = MAX_PAGE_BYTES / query.groups.length;
  const latest = (group: EntryGroup) =>
    reader.find({
      where: [{ field: 'id', ...entryIds(query.ticketId, group, before) }],
      sort: { field: 'id', descending: true },
      limit: limit + 1,
      maxBytes,
    });
  const groups = await Promise.all(query.groups.map(latest));
  // What comes before the last entry of a group that was not read to its end is unknown.
  const ends = groups.map((found) => (isWhole(found, limit, maxBytes) ? 0 : lastOf(found)));
  const known = Math.max(...ends);
  const entries = groups.flat().map(({ view }) => view);
  const latestFirst = entries
    .filter(({ revision }) => revision >= known)
    .sort((one, other) => other.revision - one.revision)
    .slice(0, limit);
  const last = latestFirst.at(-1);
  const isMore = known > 0 || latestFirst.length < entries.length;
  return {
    latestFirst,
    nextCursor: isMore && last !== undefined ? entriesCursor(query, last.revision) : null,
  };
}

type FoundEntries = readonly Found<TicketEntry>[];

/** Whether a group has no more entries than were found. */
const isWhole = (found: FoundEntries, limit: number, maxBytes: number): boolean =>
  found.length <= limit && found.reduce((sum, { bytes }) => sum + bytes, 0) <= maxBytes;

const lastOf = (found: FoundEntries): number => found.at(-1)?.view.revision ?? 0;
