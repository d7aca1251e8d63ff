import type { EntryOf, TicketEntry } from '#projections/ticket-entries.js';
import type { TicketView } from '#projections/tickets.js';
import { ViewStoreUnavailable, type Query } from '#view-stores/view-store.js';

/** The entries that a ticket's page shows one by one, outside the conversation. */
export interface PageTexts {
  readonly description: EntryOf<'description'>;
  readonly resolution: EntryOf<'resolution'> | null;
  readonly evaluation: EntryOf<'evaluation'> | null;
}

const revisionsOf = ({ resolution, evaluation }: TicketView): number[] =>
  [0, resolution, evaluation].filter((revision) => revision !== null);

/** Finds these entries of a ticket. */
export function textsQuery(ticketId: string, view: TicketView): Query {
  const revisions = revisionsOf(view);
  return {
    where: [
      { field: 'ticketId', in: [ticketId] },
      { field: 'revision', in: revisions },
    ],
    sort: { field: 'revision', descending: false },
    limit: revisions.length,
  };
}

/**
 * Chooses the entries that a ticket's page shows.
 *
 * @throws ViewStoreUnavailable if one is missing: the entries are projected after the ticket
 */
export function pageTexts(view: TicketView, entries: readonly TicketEntry[]): PageTexts {
  const find = <Kind extends TicketEntry['kind']>(kind: Kind, revision: number | null) => {
    if (revision === null) return null;
    const found = entries.find(
      (entry): entry is EntryOf<Kind> => entry.kind === kind && entry.revision === revision,
    );
    return found ?? missing(view, revision);
  };
  return {
    description: find('description', 0) ?? missing(view, 0),
    resolution: find('resolution', view.resolution),
    evaluation: find('evaluation', view.evaluation),
  };
}

function missing({ ticket }: TicketView, revision: number): never {
  throw new ViewStoreUnavailable(
    `The entry at revision ${revision} of ticket ${ticket.ticketId} has not been projected yet.`,
  );
}
