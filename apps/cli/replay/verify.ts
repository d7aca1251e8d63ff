import pLimit from 'p-limit';
import { ticketStates, type TicketStateName } from '#ticketing/ticket/state.js';
import { detailOf, type ApiClient } from './api-client.js';
import { CannotRun } from './cannot-run.js';
import { historyDiffers, listDiffers, type HistoryEvent } from './compare.js';
import type { CasePlan, Person } from './plan.js';
import { countBy, type KnownTicket } from './tally.js';

/** A ticket that differs from its plan. */
export interface Difference {
  readonly caseName: string;
  readonly ticketId: string | null;
  readonly what: string;
}

export interface Verdict {
  /** The number of this replay's tickets in the list, by state. */
  readonly listed: ReadonlyMap<string, number>;
  /** The number of other tickets of the same service. */
  readonly otherTickets: number;
  readonly historiesRead: number;
  readonly eventsRead: number;
  readonly differences: readonly Difference[];
}

export interface Verification {
  readonly client: ApiClient;
  readonly serviceId: string;
  readonly reader: Person;
  readonly tickets: ReadonlyMap<string, KnownTicket>;
  /** The list must have reached this position. */
  readonly position: string | null;
  readonly atOnce: number;
  /** Called for every history read. */
  readonly onHistory: (histories: number) => void;
}

const MAX_PAGE_TICKETS = 200;
const MAX_PAGE_EVENTS = 1_000;

/** Reads the list and every history, and compares them with the plans. */
export async function verify(
  plans: readonly CasePlan[],
  verification: Verification,
): Promise<Verdict> {
  const { tickets, atOnce, onHistory } = verification;
  const listedIn = await readList(verification);
  const limit = pLimit(atOnce);
  let eventsRead = 0;
  const check = async (plan: CasePlan): Promise<Difference[]> => {
    const { caseName } = plan;
    const ticketId = tickets.get(caseName)?.ticketId ?? null;
    if (ticketId === null) return [{ caseName, ticketId, what: 'it has no ticket' }];
    const events = await limit(() => readHistory(verification, ticketId));
    eventsRead += events.length;
    onHistory(1);
    return [
      listDiffers(plan, listedIn.get(ticketId) ?? []),
      historyDiffers(plan.history, events),
    ].flatMap((what) => (what === null ? [] : [{ caseName, ticketId, what }]));
  };
  const differences = (await Promise.all(plans.map(check))).flat();
  const ours = new Set([...tickets.values()].map(({ ticketId }) => ticketId));
  const listed = [...listedIn].filter(([ticketId]) => ours.has(ticketId));
  return {
    listed: countBy(listed.flatMap(([, states]) => states)),
    otherTickets: listedIn.size - listed.length,
    historiesRead: tickets.size,
    eventsRead,
    differences,
  };
}

/** All tickets of the service, with the states under which they are listed: normally one each. */
async function readList(verification: Verification): Promise<Map<string, TicketStateName[]>> {
  const listedIn = new Map<string, TicketStateName[]>();
  for (const state of ticketStates) {
    let cursor: string | null = null;
    do {
      const page: Page = await readPage(verification, state, cursor);
      for (const { ticketId } of page.items) {
        listedIn.set(ticketId, [...(listedIn.get(ticketId) ?? []), state]);
      }
      cursor = page.nextCursor;
    } while (cursor !== null);
  }
  return listedIn;
}

interface Page {
  readonly items: readonly { readonly ticketId: string }[];
  readonly nextCursor: string | null;
}

async function readPage(
  { client, serviceId, reader, position }: Verification,
  state: TicketStateName,
  cursor: string | null,
): Promise<Page> {
  const query = new URLSearchParams({
    state,
    service: serviceId,
    sort: 'createdAt',
    limit: String(MAX_PAGE_TICKETS),
    ...(position === null ? {} : { minPosition: position }),
    ...(cursor === null ? {} : { cursor }),
  });
  // The shape of `GET /tickets`: another one fails loudly.
  return (await read(client, `/tickets?${query.toString()}`, reader)) as unknown as Page;
}

async function readHistory(
  { client, reader }: Verification,
  ticketId: string,
): Promise<readonly HistoryEvent[]> {
  const history: HistoryEvent[] = [];
  for (;;) {
    const query = `from=${history.length}&limit=${MAX_PAGE_EVENTS}`;
    const body = await read(client, `/tickets/${ticketId}/history?${query}`, reader);
    const events = body['events'] as readonly HistoryEvent[];
    history.push(...events);
    if (events.length < MAX_PAGE_EVENTS) return history;
  }
}

async function read(client: ApiClient, path: string, by: Person) {
  const answer = await client.call({ method: 'GET', path, by });
  if (answer.status === 200) return answer.body;
  throw new CannotRun(`GET ${path} was refused (${answer.status}): ${detailOf(answer)}`);
}
