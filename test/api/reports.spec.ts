import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { states, type ProblemDetails } from '#test/support/answers.js';
import { Desk } from '#test/support/desk.js';
import { namesBut, type Name } from '#test/support/people.js';
import { expectProblem, pointersOf } from '#test/support/problems.js';
import { give, raise, ticketIn } from '#test/support/tickets.js';
import { pause } from '#test/support/until.js';

type Counts = Readonly<Record<string, number>>;
interface Group {
  readonly key: string | null;
  readonly name: string | null;
  readonly total: number;
  readonly counts: Counts;
}
interface Summary {
  readonly total: number;
  readonly counts: Counts;
  readonly groups: readonly Group[];
}
interface FlowReport {
  readonly from: string;
  readonly to: string;
  readonly items: readonly {
    readonly from: string;
    readonly to: string;
    readonly created: number;
    readonly closed: number;
    readonly canceled: number;
    readonly open: number;
  }[];
}
interface Figures {
  readonly count: number;
  readonly mean: number | null;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p99: number | null;
}
type DurationsReport = Readonly<Record<string, Figures>> & {
  readonly groups: readonly (Readonly<Record<string, Figures>> & { readonly key: string | null })[];
};
interface SatisfactionReport {
  readonly count: number;
  readonly mean: number | null;
  readonly distribution: Counts;
  readonly groups: readonly (SatisfactionReport & { readonly key: string | null })[];
}

const WAIT_MS = 300;

let desk: Desk;
let position: string;
/** The durations of desk and customer in seconds, by the clock of the test. */
const slow = { began: 0, ended: 0 };
beforeAll(async () => {
  desk = await Desk.open();
  for (const state of states) await ticketIn(desk, state);
  await raise(desk, {}, 'otherAlice');
  const rated = await ticketIn(desk, 'pending_confirmation');
  await give(desk, 'alice', rated.ticketId, 'confirm', { rating: 5 });
  const late = await ticketIn(desk, 'closed');
  await give(desk, 'alice', late.ticketId, 'evaluate', { rating: 2, comment: 'So so.' });
  // The customer takes long to answer, and the desk does not.
  slow.began = Date.now();
  const slowly = await ticketIn(desk, 'pending_feedback');
  await give(desk, 'bob', slowly.ticketId, 'severity', { severity: 'critical' });
  await pause(WAIT_MS);
  await give(desk, 'alice', slowly.ticketId, 'provide-feedback', { message: 'Sorry, I was away.' });
  ({ position } = await give(desk, 'bob', slowly.ticketId, 'resolve', { summary: 'Done.' }));
  slow.ended = Date.now();
});
afterAll(() => desk.close());

async function report<Report>(path: string, by: Name = 'rita'): Promise<Report> {
  const joint = path.includes('?') ? '&' : '?';
  const answer = await desk.as(by).get<Report>(`/reports/${path}${joint}minPosition=${position}`);
  expect({ path, status: answer.status }).toEqual({ path, status: 200 });
  return answer.body;
}

const none = Object.fromEntries(states.map((state) => [state, 0]));
const all = { ...none, ...Object.fromEntries(states.map((state) => [state, 1])) };
const expected = { ...all, pending: 2, closed: 3, pending_confirmation: 2 };

describe('the summary', () => {
  it('counts tickets by state', async () => {
    expect(await report('summary')).toMatchObject({ total: 11, counts: expected });
  });

  it('counts by service, with names', async () => {
    const { groups } = await report<Summary>('summary?groupBy=service');
    expect(groups).toEqual([{ key: 'vpn', name: 'VPN', total: 11, counts: expected }]);
  });

  it('counts by handler, with a group of tickets without one', async () => {
    const { groups } = await report<Summary>('summary?groupBy=handler');
    expect(groups).toEqual([
      { key: 'bob', name: 'BOB', total: 8, counts: { ...expected, pending: 0, canceled: 0 } },
      { key: null, name: null, total: 3, counts: { ...none, pending: 2, canceled: 1 } },
    ]);
  });

  it('counts a ticket under each of its owners', async () => {
    const { groups, total } = await report<Summary>('summary?groupBy=owner');
    expect(total).toBe(11);
    expect(groups.map(({ key, total: owned }) => [key, owned])).toEqual([
      ['bob', 11],
      ['carol', 11],
    ]);
  });

  it('counts by tenant, and by severity with a group of tickets without one', async () => {
    const tenants = (await report<Summary>('summary?groupBy=tenant')).groups;
    expect(tenants.map(({ key, total }) => [key, total])).toEqual([
      ['acme', 10],
      ['globex', 1],
    ]);
    const severities = (await report<Summary>('summary?groupBy=severity')).groups;
    expect(severities.map(({ key, total }) => [key, total])).toEqual([
      ['critical', 1],
      [null, 10],
    ]);
  });

  it('moves a ticket when its state changes', async () => {
    const before = await report<Summary>('summary?groupBy=service');
    const { ticketId } = await raise(desk);
    const made = await give(desk, 'lena', ticketId, 'close', { reason: 'A test.' });
    position = made.position;
    const after = await report<Summary>('summary?groupBy=service');
    expect(after.total).toBe(before.total + 1);
    expect(after.counts['closed']).toBe((before.counts['closed'] ?? 0) + 1);
    expect(after.counts['pending']).toBe(before.counts['pending']);
  });
});

describe('the flow', () => {
  it.each(['hour', 'day', 'week'])(
    'counts created, closed and canceled tickets in each %s',
    async (bucket) => {
      const { items, ...flow } = await report<FlowReport>(`flow?bucket=${bucket}`);
      expect(items).toHaveLength(30);
      const last = items.at(-1);
      const sums = (name: 'created' | 'closed' | 'canceled') =>
        items.reduce((sum, item) => sum + item[name], 0);
      const { total, counts } = await report<Summary>('summary');
      expect(sums('created')).toBe(total);
      expect(sums('closed')).toBe(counts['closed']);
      expect(sums('canceled')).toBe(counts['canceled']);
      expect(last?.open).toBe(total - (counts['closed'] ?? 0) - (counts['canceled'] ?? 0));
      expect(items[0]).toMatchObject({ from: flow.from, created: 0, open: 0 });
      expect(last?.to).toBe(flow.to);
      for (const [index, { to }] of items.slice(0, -1).entries())
        expect(items[index + 1]?.from).toBe(to);
    },
  );

  it('begins with the tickets open before', async () => {
    const tomorrow = new Date(Date.now() + 2 * 86_400_000).toISOString();
    const { items } = await report<FlowReport>(`flow?bucket=hour&from=${tomorrow}&to=${tomorrow}`);
    const { total, counts } = await report<Summary>('summary');
    expect(items).toMatchObject([
      { created: 0, open: total - (counts['closed'] ?? 0) - (counts['canceled'] ?? 0) },
    ]);
  });

  it('refuses reversed or too long ranges, and malformed times', async () => {
    const day = (n: number) => new Date(Date.UTC(2026, 0, n)).toISOString();
    const queries: [pointer: string, query: string][] = [
      ['/to', `from=${day(2)}&to=${day(1)}`],
      ['/from', `from=${new Date(Date.now() + 86_400_000).toISOString()}`],
      ['/from', `bucket=hour&from=${day(1)}&to=${day(200)}`],
      ['/from', 'from=yesterday'],
      ['/from', 'from=2026-02-30T00:00:00Z'],
      ['/from', 'bucket=week&from=0000-01-01T00:00:00Z&to=0000-01-02T00:00:00Z'],
      ['/to', 'bucket=week&from=9999-12-01T00:00:00Z&to=9999-12-31T00:00:00Z'],
      ['/to', 'to=2026-01-01'],
      ['/to', `to=${day(1)}&to=${day(2)}`],
      ['/bucket', 'bucket=minute'],
      ['/bucket', 'bucket='],
      ['/groupBy', 'groupBy=service'],
    ];
    for (const [pointer, query] of queries) {
      const answer = await desk.as('rita').get<ProblemDetails>(`/reports/flow?${query}`);
      const pointers = pointersOf(expectProblem(answer, 'invalid_request'));
      expect({ query, pointers }).toEqual({ query, pointers: [pointer] });
    }
  });

  it('has whole buckets for any range, in any time zone', async () => {
    const range = 'from=2026-11-05T23:30:00-01:00&to=2026-11-18T00:00:00Z';
    const { items, ...flow } = await report<FlowReport>(`flow?bucket=week&${range}`);
    expect(flow).toMatchObject({
      from: '2026-11-02T00:00:00.000Z',
      to: '2026-11-23T00:00:00.000Z',
    });
    expect(items.map(({ from }) => from.slice(0, 10))).toEqual([
      '2026-11-02',
      '2026-11-09',
      '2026-11-16',
    ]);
  });
});

describe('the durations', () => {
  const names = [
    'timeToFirstHandling',
    'timeToFirstResponse',
    'timeToResolution',
    'timeToClose',
    'timeWaitingForCustomer',
  ];

  it('measure how long tickets took', async () => {
    const durations = await report<DurationsReport>('durations');
    const counts = names.map((name) => durations[name]?.count);
    // bob took 8; 7 had feedback or a resolution; 5 are resolved; 3 closed, and one forced.
    expect(counts).toEqual([8, 7, 5, 4, 5]);
    for (const name of names) {
      const { mean, p50, p90, p99 } = durations[name] as Figures;
      expect(mean).toBeGreaterThanOrEqual(0);
      expect(p50 ?? NaN).toBeLessThanOrEqual(p90 ?? NaN);
      expect(p90 ?? NaN).toBeLessThanOrEqual(p99 ?? NaN);
    }
  });

  it('exclude the time of waiting for the customer', async () => {
    const { groups } = await report<DurationsReport>('durations?groupBy=severity');
    const critical = groups.find(({ key }) => key === 'critical');
    const waiting = critical?.['timeWaitingForCustomer']?.mean ?? NaN;
    const desks = critical?.['timeToResolution']?.mean ?? NaN;
    const all = (slow.ended - slow.began) / 1_000;
    expect(waiting).toBeGreaterThanOrEqual(WAIT_MS / 1_000 - 0.005);
    expect(desks + waiting).toBeLessThanOrEqual(all + 0.005);
    expect(critical?.['timeToFirstHandling']).toMatchObject({ count: 1 });
  });

  it('of groups without values are null', async () => {
    const { groups } = await report<DurationsReport>('durations?groupBy=service');
    const vpn = groups.find(({ key }) => key === 'vpn');
    expect(vpn?.['timeToFirstHandling']?.count).toBe(8);
    const { groups: bySeverity } = await report<DurationsReport>('durations?groupBy=severity');
    const critical = bySeverity.find(({ key }) => key === 'critical');
    expect(critical?.['timeToClose']).toEqual({
      count: 0,
      mean: null,
      p50: null,
      p90: null,
      p99: null,
    });
  });
});

describe('the satisfaction', () => {
  it('counts ratings from confirmations and evaluations', async () => {
    const expected = { count: 2, mean: 3.5, distribution: { 1: 0, 2: 1, 3: 0, 4: 0, 5: 1 } };
    expect(await report('satisfaction')).toMatchObject(expected);
    const { groups } = await report<SatisfactionReport>('satisfaction?groupBy=handler');
    expect(groups).toEqual([{ key: 'bob', name: 'BOB', ...expected }]);
    const byService = await report<SatisfactionReport>('satisfaction?groupBy=service');
    expect(byService.groups).toMatchObject([{ key: 'vpn', ...expected }]);
  });
});

describe('reports', () => {
  const paths = ['summary', 'flow', 'durations', 'satisfaction'];
  const desks = ['bob', 'carol', 'dave', 'lena', 'anna', 'audra', 'rita'] as const;

  it('are only for the desk, auditors and reporters', async () => {
    for (const path of paths) {
      for (const name of desks) {
        expect({ name, status: (await desk.as(name).get(`/reports/${path}`)).status }).toEqual({
          name,
          status: 200,
        });
      }
      for (const name of namesBut(...desks)) {
        expectProblem(await desk.as(name).get(`/reports/${path}`), 'forbidden');
      }
      expectProblem(await desk.asNobody().get(`/reports/${path}`), 'unauthenticated');
    }
  });

  it('refuse unknown groups', async () => {
    for (const path of ['summary', 'durations', 'satisfaction']) {
      for (const groupBy of ['nothing', 'requester', '', 'service,handler', '__proto__']) {
        const answer = await desk
          .as('rita')
          .get<ProblemDetails>(`/reports/${path}?groupBy=${groupBy}`);
        expectProblem(answer, 'invalid_request');
        expect(answer.body.errors).toMatchObject([{ pointer: '/groupBy' }]);
      }
    }
  });

  it("refuse a minPosition beyond the log's end", async () => {
    const beyond = (BigInt(position) + 1_000_000_000n).toString();
    const answer = await desk.as('rita').get(`/reports/summary?minPosition=${beyond}`);
    expectProblem(answer, 'invalid_request');
  });

  it('are the same after a restart', async () => {
    const before = await Promise.all(paths.map((path) => report<object>(path)));
    await desk.restart('SIGKILL');
    expect(await Promise.all(paths.map((path) => report<object>(path)))).toEqual(before);
  });
});
