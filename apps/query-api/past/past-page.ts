import { setImmediate } from 'node:timers/promises';
import type { EventReader } from '#event-store/event-store.js';
import { foldUntil } from '#projections/past/events-until.js';
import { findAt, type PastQuery } from '#projections/past/periods-at.js';
import type { Place, ViewReader } from '#view-stores/view-store.js';
import type { TicketPeriod } from '#projections/ticket-periods.js';
import { tickets, type TicketView } from '#projections/tickets.js';
import { ticketStream } from '#ticketing/streams.js';
import { MAX_PAGE_BYTES } from '../paging.js';

/** The most tickets that one page of a search folds. */
const MAX_FOLDED_TICKETS = 2_000;

/** The number of tickets that one read of the store finds. */
const STEP = 200;

/** The sources of the past. */
export interface Past {
  readonly periods: ViewReader<TicketPeriod>;
  readonly log: Pick<EventReader, 'readStream'>;
}

export interface PastPage {
  readonly views: readonly TicketView[];
  /** The last ticket that was examined; null if there are no more. */
  readonly next: Place | null;
}

/**
 * A page of tickets as they were, folded from the log. A search has the tickets whose texts had all
 * words then; its page may be shorter than the limit, or empty, although there are more. So may a
 * page of large tickets.
 */
export async function readPastPage(
  { periods, log }: Past,
  query: PastQuery,
  words: readonly string[],
): Promise<PastPage> {
  const { limit } = query;
  const step = words.length === 0 ? limit + 1 : STEP;
  const views: TicketView[] = [];
  let bytes = 0;
  let after = query.after;
  for (let searched = 0; searched < MAX_FOLDED_TICKETS; searched += step) {
    const found = await findAt(periods, {
      ...query,
      limit: step,
      ...(after === undefined ? {} : { after }),
    });
    for (const { id, value } of found) {
      if (views.length === limit || bytes > MAX_PAGE_BYTES) return { views, next: after ?? null };
      const view = await viewOf(log, id, query.time);
      if (words.every((word) => view.words.includes(word))) {
        views.push(view);
        bytes += shownBytes(view);
      }
      after = { value, id };
    }
    if (found.length < step) return { views, next: null };
  }
  return { views, next: after ?? null };
}

/** What a ticket adds to an answer, which has no words to search by. */
const shownBytes = (view: TicketView): number =>
  Buffer.byteLength(JSON.stringify({ ...view, words: [] }));

/** The ticket at a time. Lets other requests run first. */
async function viewOf(
  log: Pick<EventReader, 'readStream'>,
  ticketId: string,
  time: number,
): Promise<TicketView> {
  await setImmediate();
  const view = await foldUntil(tickets, log, ticketStream(ticketId), { time });
  if (view === null)
    throw new Error(`The log has no events of ticket ${ticketId}, which has a period.`);
  return view;
}
