import { setImmediate } from 'node:timers/promises';
import type { EventReader } from '#event-store/event-store.js';
import { eventsUntil, fold } from '#projections/past/events-until.js';
import { findAt, type PastQuery } from '#projections/past/periods-at.js';
import type { ViewReader } from '#view-stores/view-store.js';
import type { TicketPeriod } from '#projections/ticket-periods.js';
import { tickets, type TicketView } from '#projections/tickets.js';
import { ticketStream } from '#ticketing/streams.js';
import type { Place } from '../cursor.js';

/** How many tickets are folded at most for one page of those that have some words. */
const MOST_SEARCHED = 2_000;

/** How many of them are looked up at once. */
const STEP = 200;

/** Where the past is read from. */
export interface Past {
  readonly periods: ViewReader<TicketPeriod>;
  readonly log: Pick<EventReader, 'readStream'>;
}

export interface PastPage {
  readonly views: readonly TicketView[];
  /** The last period that was looked at; null where there are no more. */
  readonly next: Place | null;
}

/**
 * A page of tickets as they were, folded from the log. With words it has those whose texts had all
 * of them then; it may be shorter than the limit, and even empty, though there are more.
 */
export async function readPastPage(
  { periods, log }: Past,
  query: PastQuery,
  words: readonly string[],
): Promise<PastPage> {
  const { limit, sort } = query;
  const step = words.length === 0 ? limit + 1 : STEP;
  const views: TicketView[] = [];
  let after = query.after;
  for (let searched = 0; searched < MOST_SEARCHED; searched += step) {
    const found = await findAt(periods, {
      ...query,
      limit: step,
      ...(after === undefined ? {} : { after }),
    });
    for (const { id, view: period } of found) {
      if (views.length === limit) return { views, next: after ?? null };
      const view = await viewOf(log, period);
      if (words.every((word) => view.words.includes(word))) views.push(view);
      after = { value: period[sort.field], id };
    }
    if (found.length < step) return { views, next: null };
  }
  return { views, next: after ?? null };
}

/** A ticket in a period. Other requests have their turn before each. */
async function viewOf(
  log: Pick<EventReader, 'readStream'>,
  { ticketId, revision }: TicketPeriod,
): Promise<TicketView> {
  await setImmediate();
  const view = fold(tickets, await eventsUntil(log, ticketStream(ticketId), { revision }));
  if (view === null) throw new Error(`The log does not have ticket ${ticketId}, of which it told.`);
  return view;
}
