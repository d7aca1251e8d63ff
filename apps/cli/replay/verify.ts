import pLimit from 'p-limit';
import { ticketStates, type TicketStateName } from '#ticketing/ticket/state.js';
import { detailOf, type ApiClient } from './api-client.js';
import { CannotRun } from './cannot-run.js';
import { historyDiffers, listDiffers, type ToldEvent } from './compare.js';
import type { CasePlan, Person } from './plan.js';
import { countBy, type KnownTicket } from './tally.js';

/** A ticket that is not what its case implies. */
export interface Difference {
  readonly caseName: string;
  readonly ticketId: string | null;
  readonly what: string;
}

export interface Verdict {
  /** How many of this replay's tickets the list has in each state. */
  readonly listed: ReadonlyMap<string, number>;
  /** Tickets of the same service that are none of this replay's. */
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
  /** The list is to show everything up to here. */
  readonly position: string | null;
  readonly atOnce: number;
  /** Hears of every history that has been read. */
  readonly heard: (histories: number) => void;
}

const MOST_IN_A_PAGE = 200;
const MOST_EVENTS_IN_A_PAGE = 1_000;

/** Reads the list and every history, and compares them with what the cases imply. */
export async function verify(
  plans: readonly CasePlan[],
  verification: Verification,
): Promise<Verdict> {
  const { tickets, atOnce, heard } = verification;
  const listedIn = await readList(verification);
  const limit = pLimit(atOnce);
  let eventsRead = 0;
  const check = async (plan: CasePlan): Promise<Difference[]> => {
    const { caseName } = plan;
    const ticketId = tickets.get(caseName)?.ticketId ?? null;
    if (ticketId === null) return [{ caseName, ticketId, what: 'it has no ticket' }];
    const told = await limit(() => readHistory(verification, ticketId));
    eventsRead += told.length;
    heard(1);
    return [
      listDiffers(plan, listedIn.get(ticketId) ?? []),
      historyDiffers(plan.history, told),
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

/** All of the service's tickets, with the states in whose lists they are: each in one, if all is well. */
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
    limit: String(MOST_IN_A_PAGE),
    ...(position === null ? {} : { minPosition: position }),
    ...(cursor === null ? {} : { cursor }),
  });
  // The shape is that of the contract (`GET /tickets`): an answer without it fails loudly.
  return (await read(client, `/tickets?${query.toString()}`, reader)) as unknown as Page;
}

async function readHistory(
  { client, reader }: Verification,
  ticketId: string,
): Promise<readonly ToldEvent[]> {
  const told: ToldEvent[] = [];
  for (;;) {
    const query = `from=${told.length}&limit=${MOST_EVENTS_IN_A_PAGE}`;
    const body = await read(client, `/tickets/${ticketId}/history?${query}`, reader);
    const events = body['events'] as readonly ToldEvent[];
    told.push(...events);
    if (events.length < MOST_EVENTS_IN_A_PAGE) return told;
  }
}

async function read(client: ApiClient, path: string, by: Person) {
  const answer = await client.call({ method: 'GET', path, by });
  if (answer.status === 200) return answer.body;
  throw new CannotRun(`GET ${path} was refused (${answer.status}): ${detailOf(answer)}`);
}
