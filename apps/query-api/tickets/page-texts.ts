import { idOfEntry, type TicketEntry } from '#projections/ticket-entries.js';
import type { ShortText } from '#projections/ticket-texts.js';
import type { TicketView } from '#projections/tickets.js';
import { ViewStoreUnavailable, type Query, type ViewReader } from '#view-stores/view-store.js';

/** The texts of a ticket's page outside of the conversation, in full. */
export const pageTexts = (
  { description, resolution, evaluation }: TicketView,
  longTexts: readonly TicketEntry[],
) => ({
  description: wholeText(description, longTexts),
  resolution: resolution && { ...resolution, summary: wholeText(resolution.summary, longTexts) },
  evaluation: evaluation && {
    ...evaluation,
    comment: evaluation.comment && wholeText(evaluation.comment, longTexts),
  },
});

/** The entries that have the texts of which a ticket's document has only excerpts. */
export async function findLongTexts(
  ticketEntries: ViewReader<TicketEntry>,
  ticketId: string,
  { description, resolution, evaluation }: TicketView,
): Promise<TicketEntry[]> {
  const texts = [description, resolution?.summary, evaluation?.comment];
  const revisions = texts.flatMap((text) => text?.entry ?? []);
  if (revisions.length === 0) return [];
  const ids = revisions.map((revision) => idOfEntry(ticketId, 'text', revision));
  const query: Query = {
    where: [{ field: 'id', in: ids }],
    sort: { field: 'id', descending: false },
    limit: ids.length,
  };
  return (await ticketEntries.find(query)).map(({ view }) => view);
}

/** @throws ViewStoreUnavailable if its entry is missing, which is projected separately */
function wholeText({ excerpt, entry }: ShortText, entries: readonly TicketEntry[]): string {
  if (entry === null) return excerpt;
  const found = entries.find(({ revision }) => revision === entry);
  if (found === undefined) {
    throw new ViewStoreUnavailable(`The text of revision ${entry} has not been projected yet.`);
  }
  return found.text;
}
