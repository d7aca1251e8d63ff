import pLimit from 'p-limit';
import { ticketStates, type TicketStateName } from '#ticketing/ticket/state.js';
import type { RetryingClient, Send } from './retrying-client.js';
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
  readonly client: RetryingClient;
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
      const page = await readPage(verification, state, cursor);
      for (const { ticketId } of page.items) {
        listedIn.set(ticketId, [...(listedIn.get(ticketId) ?? []), state]);
      }
      cursor = page.nextCursor;
    } while (cursor !== null);
  }
  return listedIn;
}

async function readPage(
  { client, serviceId, reader, position }: Verification,
  state: TicketStateName,
  cursor: string | null,
) {
  const query = {
    state: [state],
    service: serviceId,
    sort: 'createdAt' as const,
    limit: MAX_PAGE_TICKETS,
    ...(position === null ? {} : { minPosition: position }),
    ...(cursor === null ? {} : { cursor }),
  };
  return read(client, reader, (api, headers) =>
    api.GET('/api/v1/tickets', { headers, params: { query } }),
  );
}

async function readHistory(
  { client, reader }: Verification,
  ticketId: string,
): Promise<readonly HistoryEvent[]> {
  const history: HistoryEvent[] = [];
  for (;;) {
    const query = { from: history.length, limit: MAX_PAGE_EVENTS };
    const { events } = await read(client, reader, (api, headers) =>
      api.GET('/api/v1/tickets/{ticketId}/history', {
        headers,
        params: { path: { ticketId }, query },
      }),
    );
    history.push(...events);
    if (events.length < MAX_PAGE_EVENTS) return history;
  }
}

async function read<Data>(client: RetryingClient, by: Person, send: Send<Data>): Promise<Data> {
  const answer = await client.call(by, send);
  if ('data' in answer) return answer.data;
  const { status, problem } = answer;
  throw new CannotRun(`The service refused to answer (${status}): ${problem.detail}`);
}
