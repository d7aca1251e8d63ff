import { signToken } from '#platform/authentication/sign-token.js';
import type { Projection } from '#projections/projection.js';
import { engineers } from '#projections/engineers.js';
import { services } from '#projections/services.js';
import { ticketCounts } from '#projections/ticket-counts.js';
import { tickets as ticketList } from '#projections/tickets.js';
import type { Benchmark } from './support/benchmark.js';
import { listRequests } from './support/list-requests.js';
import { Load, type Sample } from './support/load.js';
import { inRounds } from './support/rounds.js';
import { seededStore } from './support/seeded-store.js';
import { Server } from './support/server.js';
import type { Workbench } from './support/workbench.js';

const TICKETS = 1_000_000;
/** The size of the small store, but at most a hundredth of the large one. */
const FEW_TICKETS = 10_000;
const REQUESTS = 600;
const CONNECTIONS = 2;
/** One in this many lists is requested from the second page on. */
const PAGED = 4;

/** The projections for lists of tickets and the summary. */
const projections = [
  ticketList,
  services,
  engineers,
  ticketCounts,
] as readonly unknown[] as readonly Projection<object>[];

/**
 * P7 and P8: lists of tickets and the summary, over HTTP, on a large store, compared with a small
 * one. Both get the same requests; nothing is written in the meantime.
 */
export const largeStores: Benchmark = {
  rows: ['P7', 'P8'],
  async run(workbench, { trials = REQUESTS, tickets = TICKETS, stores = null }) {
    const few = Math.min(FEW_TICKETS, Math.ceil(tickets / 100));
    const small = await start(workbench, few, stores);
    const large = await start(workbench, tickets, stores);
    const load = new Load(workbench);
    const ask =
      ({ server, headers }: Started, paths: readonly string[]) =>
      () =>
        load.burst(server, { connections: CONNECTIONS, requests: trials, paths, headers });
    const rounds = await inRounds(
      {
        smallLists: ask(small, small.lists),
        largeLists: ask(large, large.lists),
        smallSummaries: ask(small, summaries),
        largeSummaries: ask(large, summaries),
      },
      workbench.progress,
    );
    load.stop();
    await Promise.all([small.server.stop(), large.server.stop()]);

    const p99 = (sample: Sample) => sample.p99;
    const p50 = (sample: Sample) => sample.p50;
    const measured = { trials, rounds: rounds.count };
    const names = {
      smallLists: `GET /tickets, ${few} tickets`,
      largeLists: `GET /tickets, ${tickets} tickets`,
      smallSummaries: `GET /reports/summary, ${few} tickets`,
      largeSummaries: `GET /reports/summary, ${tickets} tickets`,
    };
    return {
      results: [
        {
          id: 'P7',
          what: `p99 of GET /tickets, ${tickets} ÷ ${few} tickets`,
          ratio: rounds.ratio('largeLists', 'smallLists', p99),
          target: { atMost: 2 },
          ...measured,
        },
        {
          id: 'P8',
          what: `p99 of GET /reports/summary, ${tickets} ÷ ${few} tickets`,
          ratio: rounds.ratio('largeSummaries', 'smallSummaries', p99),
          target: { atMost: 3 },
          ...measured,
        },
      ],
      figures: (Object.keys(names) as (keyof typeof names)[]).flatMap((name) => [
        { what: `p50, ${names[name]}`, unit: 'ms', value: rounds.figure(name, p50) },
        { what: `p99, ${names[name]}`, unit: 'ms', value: rounds.figure(name, p99) },
      ]),
    };
  },
};

const summaries = [
  '',
  '?groupBy=service',
  '?groupBy=handler',
  '?groupBy=owner',
  '?groupBy=tenant',
].map((query) => `/api/v1/reports/summary${query}`);

interface Started {
  readonly server: Server;
  readonly headers: Readonly<Record<string, string>>;
  readonly lists: readonly string[];
}

async function start(workbench: Workbench, tickets: number, kept: string | null): Promise<Started> {
  const folder = await seededStore(workbench, { tickets, kept, projections });
  const server = await Server.start(workbench, 'query-api', { folder });
  const token = await signToken(folder, { sub: 'lead-1', roles: ['lead'], ttl: '12h' });
  const headers = { Authorization: `Bearer ${token}` };
  const first = listRequests(REQUESTS);
  const lists = await Promise.all(
    first.map((path, index) =>
      index % PAGED === 0 ? secondPageOf(path, server, headers) : Promise.resolve(path),
    ),
  );
  return { server, headers, lists };
}

/** The second page; the first one again if it is the only one. */
async function secondPageOf(
  path: string,
  { port }: Server,
  headers: Started['headers'],
): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers });
  if (!answer.ok) throw new Error(`GET ${path} answered ${answer.status}: ${await answer.text()}`);
  const { nextCursor } = (await answer.json()) as { nextCursor: string | null };
  return nextCursor === null ? path : `${path}&cursor=${encodeURIComponent(nextCursor)}`;
}
