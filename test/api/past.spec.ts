import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { states, type Page, type TicketItem, type TicketPage } from '#test/support/answers.js';
import { Desk } from '#test/support/desk.js';
import type { Name } from '#test/support/people.js';
import { expectProblem, pointersOf } from '#test/support/problems.js';
import { creation, give, raise, ticketIn } from '#test/support/tickets.js';
import { pause } from '#test/support/until.js';

const LISTENERS = ['lena', 'alice', 'mallory', 'otherAlice', 'rita', 'audra'] as const;
const QUERIES = [
  '',
  'sort=updatedAt',
  'sort=createdAt',
  'sort=-createdAt',
  ...states.map((state) => `state=${state}`),
  'state=closed&state=canceled&sort=createdAt',
  'service=vpn',
  'service=mail&sort=updatedAt',
  'owner=carol',
  'owner=dave',
  'handler=bob&sort=createdAt',
  'handler=dave',
  'requester=alice',
  'requester=alice&tenant=globex',
  'tenant=acme&sort=-createdAt',
  'severity=high',
  'createdFrom=2020-01-01T00:00:00Z&createdTo=2021-01-01T00:00:00Z',
];
const SEARCHES = ['q=tunnel', 'q=monday', 'q=tunnel%20again', 'q=xylophone', 'q=mail&limit=1'];

/** What somebody was shown at a time, to be shown again when it has passed. */
interface Shown {
  readonly at: string;
  readonly position: string;
  readonly lists: ReadonlyMap<string, readonly TicketItem[]>;
  readonly pages: ReadonlyMap<string, TicketPage>;
  readonly summaries: ReadonlyMap<string, object>;
}

let desk: Desk;
const shown: Shown[] = [];
const tickets: string[] = [];

async function page(by: Name, query: string): Promise<Page<TicketItem>> {
  const answer = await desk.as(by).get<Page<TicketItem>>(`/tickets?${query}`);
  expect({ query, status: answer.status }).toEqual({ query, status: 200 });
  return answer.body;
}

/** All items of a list, page by page. */
async function all(by: Name, query: string): Promise<TicketItem[]> {
  const items: TicketItem[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const next: Page<TicketItem> = await page(
      by,
      cursor === '' ? query : `${query}&cursor=${cursor}`,
    );
    items.push(...next.items);
    cursor = next.nextCursor;
  }
  return items;
}

async function show(by: Name, ticketId: string, query = ''): Promise<TicketPage> {
  const answer = await desk.as(by).get<TicketPage>(`/tickets/${ticketId}?${query}`);
  expect({ query, status: answer.status }).toEqual({ query, status: 200 });
  const { position: _, ...rest } = answer.body as TicketPage & { position: string };
  return rest;
}

const GROUPS = [
  '',
  ...['service', 'handler', 'owner', 'severity', 'tenant'].map((by) => `groupBy=${by}`),
];

/** The counts, without what the groups are called, which is told as of now. */
async function summary(query: string): Promise<object> {
  const answer = await desk.as('rita').get<{
    readonly total: number;
    readonly counts: object;
    readonly groups?: readonly { readonly name: string | null }[];
  }>(`/reports/summary?${query}`);
  expect({ query, status: answer.status }).toEqual({ query, status: 200 });
  const { total, counts, groups } = answer.body;
  return { total, counts, groups: groups?.map(({ name: _, ...group }) => group) };
}

const questions = () =>
  LISTENERS.flatMap((by) =>
    (by === 'rita' ? QUERIES : [...QUERIES, ...SEARCHES]).map((query) => ({ by, query })),
  );

/** Remembers what everybody is shown now. Nothing else happens in these milliseconds. */
async function remember(position: string): Promise<void> {
  await pause(5);
  const at = new Date().toISOString();
  const lists = new Map<string, TicketItem[]>();
  for (const { by, query } of questions()) {
    lists.set(`${by} ${query}`, await all(by, `${query}&minPosition=${position}`));
  }
  const pages = new Map<string, TicketPage>();
  for (const ticketId of tickets) {
    for (const by of ['lena', 'bob', 'audra'] as const) {
      pages.set(`${by} ${ticketId}`, await show(by, ticketId, `minPosition=${position}`));
    }
  }
  const summaries = new Map<string, object>();
  for (const group of GROUPS) {
    summaries.set(group, await summary(`${group}&minPosition=${position}`));
  }
  shown.push({ at, position, lists, pages, summaries });
  await pause(5);
}

beforeAll(async () => {
  desk = await Desk.open();
  let position = (await desk.as('lena').get<Page<TicketItem>>('/tickets')).body.position;
  await remember(position);

  for (const state of states) tickets.push((await ticketIn(desk, state)).ticketId);
  ({ position } = await raise(desk, { description: 'My tunnel.' }, 'otherAlice'));
  await remember(position);

  const [pending = '', processing = '', feedback = '', reply = '', confirmation = ''] = tickets;
  await give(desk, 'lena', pending, 'forward', { engineerId: 'dave' });
  await give(desk, 'dave', pending, 'handle');
  await give(desk, 'bob', processing, 'severity', { severity: 'high' });
  await give(desk, 'alice', processing, 'messages', { message: 'It happened again.' });
  await give(desk, 'bob', processing, 'notes', { text: 'Xylophone.' });
  await give(desk, 'alice', feedback, 'provide-feedback', { message: 'Since Monday.' });
  await give(desk, 'bob', reply, 'resume');
  await give(desk, 'alice', confirmation, 'reject-resolution', { reason: 'It still drops.' });
  const lines = Array.from({ length: 9 }, (_, n) => ({
    command: 'create',
    ...creation({
      onBehalfOf: { id: 'zoe', tenant: 'initech' },
      serviceId: 'mail',
      issueType: 'spam',
      description: `Mail number ${n}.`,
    }),
  }));
  const { results } = await desk.as('lena').batch(lines);
  tickets.push(...results.map(({ ticketId = '' }) => ticketId));
  await desk.putService('mail', { name: 'Post', issueTypes: ['spam'] });
  ({ position } = await give(desk, 'lena', tickets.at(-1) ?? '', 'severity', { severity: 'low' }));
  await remember(position);

  await desk.putService('vpn', { name: 'Tunnels' });
  for (const ticketId of tickets.slice(7)) {
    await give(desk, 'lena', ticketId, 'close', { reason: 'Spring cleaning.' });
  }
  await give(desk, 'alice', tickets[6] ?? '', 'evaluate', { rating: 5 });
  await give(desk, 'dave', pending, 'resolve', { summary: 'Monday again.' });
  ({ position } = await give(desk, 'alice', pending, 'confirm', { rating: 4 }));
  await remember(position);
}, 60_000);
afterAll(() => desk.close());

const EPOCHS = [0, 1, 2, 3];
const then = (index: number): Shown => {
  const found = shown[index];
  if (found === undefined) throw new Error('There was no such time.');
  return found;
};

describe.each(EPOCHS)('asOf time %i', (epoch) => {
  it('every list is again as it was shown then, whole and page by page', async () => {
    const { at, lists } = then(epoch);
    for (const { by, query } of questions()) {
      const expected = lists.get(`${by} ${query}`);
      for (const limit of query.includes('limit') ? [''] : ['&limit=200', '&limit=3']) {
        const found = await all(by, `${query}&asOf=${at}${limit}`);
        expect({ by, query, limit, found }).toEqual({ by, query, limit, found: expected });
      }
    }
  });

  it('every count is again what it was then', async () => {
    const { at, lists, summaries } = then(epoch);
    for (const group of GROUPS) {
      expect(await summary(`${group}&asOf=${at}`)).toEqual(summaries.get(group));
    }
    expect(summaries.get('')).toMatchObject({ total: lists.get('lena ')?.length });
  });

  it('every ticket is again as it was shown then, with what was allowed', async () => {
    const { at, pages } = then(epoch);
    for (const [key, expected] of pages) {
      const [by = '', ticketId = ''] = key.split(' ');
      expect(await show(by as Name, ticketId, `asOf=${at}`)).toEqual(expected);
    }
  });
});

describe('a list as it was', () => {
  it('holds over all pages though tickets change and are raised meanwhile', async () => {
    const { at, lists } = then(2);
    for (const sort of ['updatedAt', '-updatedAt', 'createdAt', '-createdAt']) {
      const expected = [
        ...(lists.get(`lena ${sort === '-updatedAt' ? '' : `sort=${sort}`}`) ?? []),
      ];
      const items: TicketItem[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const after: string = cursor === '' ? '' : `&cursor=${cursor}`;
        const next = await page('lena', `asOf=${at}&sort=${sort}&limit=4${after}`);
        items.push(...next.items);
        cursor = next.nextCursor;
        await raise(desk, { onBehalfOf: { id: 'yan', tenant: 'hooli' } }, 'lena');
        await give(desk, 'bob', tickets[1] ?? '', 'notes', { text: 'Meanwhile.' });
      }
      expect(items).toEqual(expected);
    }
  });

  it('is of a time in any offset, and as it is now where the time is yet to come', async () => {
    const { at } = then(2);
    const offset = encodeURIComponent(at.replace('Z', '+00:00'));
    expect(await all('lena', `asOf=${offset}`)).toEqual(await all('lena', `asOf=${at}`));
    for (const future of ['2099-01-01T00:00:00Z', '9999-12-31T23:59:59-23:59']) {
      const now = await all('lena', 'sort=createdAt');
      expect(await all('lena', `sort=createdAt&asOf=${future}`)).toEqual(now);
      expect(await all('lena', `asOf=${future}`)).toEqual(await all('lena', ''));
      const { ticketId } = await ticketIn(desk, 'pending_confirmation');
      const page = await show('bob', ticketId);
      expect(page.allowed).not.toContain('close');
      expect(await show('bob', ticketId, `asOf=${future}`)).toEqual(page);
    }
  });

  it('is empty before the first event', async () => {
    for (const past of ['1969-07-20T20:17:00Z', '0000-01-01T00:00:00%2B23:59']) {
      expect(await page('lena', `asOf=${past}`)).toMatchObject({ items: [], nextCursor: null });
      expect(await all('lena', `sort=createdAt&asOf=${past}`)).toEqual([]);
    }
  });

  it('shows reporters no text, and lets them search in none', async () => {
    const { at } = then(2);
    const items = await all('rita', `asOf=${at}`);
    expect(items.length).toBeGreaterThan(10);
    for (const item of items) expect(item).not.toHaveProperty('description');
    expectProblem(await desk.as('rita').get(`/tickets?asOf=${at}&q=tunnel`), 'forbidden');
  });

  it('refuses a cursor of another time, another query, and of the present', async () => {
    const { at } = then(2);
    const { nextCursor } = await page('lena', `asOf=${at}&limit=2`);
    const present = await page('lena', 'limit=2');
    for (const [by, query] of [
      ['lena', `asOf=${then(1).at}&cursor=${nextCursor}`],
      ['lena', `asOf=${at}&sort=createdAt&cursor=${nextCursor}`],
      ['lena', `asOf=${at}&q=tunnel&cursor=${nextCursor}`],
      ['alice', `asOf=${at}&cursor=${nextCursor}`],
      ['lena', `cursor=${nextCursor}`],
      ['lena', `asOf=${at}&cursor=${present.nextCursor}`],
    ] as const) {
      const problem = expectProblem(await desk.as(by).get(`/tickets?${query}`), 'invalid_request');
      expect(pointersOf(problem)).toEqual(['/cursor']);
    }
  });

  it('answers a position that reads on, and waits for one', async () => {
    const { at, position } = then(3);
    const answer = await page('lena', `asOf=${at}&minPosition=${position}`);
    expect(BigInt(answer.position)).toBeGreaterThanOrEqual(BigInt(position));
  });
});

describe('a ticket at a revision', () => {
  it('is as the command answered, from the first to the last', async () => {
    let ticket = await raise(desk);
    const answers = [ticket];
    for (const [by, command, body] of [
      ['bob', 'handle', undefined],
      ['bob', 'request-feedback', { message: 'Since when?' }],
      ['alice', 'provide-feedback', { message: 'Since Monday.' }],
      ['bob', 'resolve', { summary: 'Renewed.' }],
      ['alice', 'confirm', {}],
    ] as const) {
      ticket = await give(desk, by, ticket.ticketId, command, body);
      answers.push(ticket);
    }
    for (const { revision, state } of answers) {
      expect(await show('lena', ticket.ticketId, `revision=${revision}`)).toMatchObject({
        revision,
        state,
        messages: { length: revision >= 4 ? 2 : revision >= 3 ? 1 : 0 },
        resolution: revision >= 5 ? { summary: 'Renewed.' } : null,
      });
    }
    expect(await show('alice', ticket.ticketId, 'revision=5')).toMatchObject({
      allowed: expect.arrayContaining(['confirm', 'reject-resolution']),
    });
    const { service } = await show('lena', tickets[0] ?? '', 'revision=0');
    expect(service).toEqual({ id: 'vpn', name: 'VPN' });
  });
});

describe('what was not', () => {
  it.each<[string, () => string, RegExp]>([
    ['before it was raised', () => `asOf=${then(0).at}`, /did not exist then/],
    ['at a revision to come', () => 'revision=9999', /has not come to revision 9999/],
    ['at the last revision there can be', () => `revision=${2 ** 53 - 1}`, /has not come/],
  ])(
    '%s is not found, which only those are told who may see the ticket',
    async (_, query, words) => {
      const path = `/tickets/${tickets[0]}?${query()}`;
      for (const by of ['alice', 'bob', 'audra'] as const) {
        expect(expectProblem(await desk.as(by).get(path), 'not_found').detail).toMatch(words);
      }
      const nobodys = `/tickets/019ab3c4-5d6e-7f80-9123-456789abcdef?${query()}`;
      const { detail } = expectProblem(await desk.as('lena').get(nobodys), 'not_found');
      for (const by of ['mallory', 'otherAlice'] as const) {
        expect(expectProblem(await desk.as(by).get(path), 'not_found').detail).toBe(detail);
      }
      expectProblem(await desk.as('rita').get(path), 'forbidden');
    },
  );

  it('cannot be seen of others by asking for the past', async () => {
    const query = [`asOf=${then(2).at}`, 'revision=0', 'asOf=2099-01-01T00:00:00Z'];
    for (const one of query) {
      const path = `/tickets/${tickets[1]}?${one}`;
      expectProblem(await desk.as('mallory').get(path), 'not_found');
      const answer = await desk.as('alice').get<TicketPage>(path);
      expect(answer.status).toBe(200);
      expect(answer.body).not.toHaveProperty('notes');
      expect(answer.body.contact).toBe('withheld');
    }
  });
});

describe('a question about the past that is not valid', () => {
  it.each([
    ['/asOf', '/tickets?asOf=yesterday'],
    ['/asOf', '/tickets?asOf='],
    ['/asOf', '/tickets?asOf=2026-02-30T00:00:00Z'],
    ['/asOf', '/tickets?asOf=2026-01-01'],
    ['/asOf', '/tickets?asOf=1700000000000'],
    ['/asOf', '/tickets?asOf=2026-01-01T00:00:00Z&asOf=2026-01-02T00:00:00Z'],
    ['/asOf', '/reports/summary?asOf=soon'],
    ['/asOf', '/reports/summary?groupBy=owner&asOf='],
    ['/asOf', '/tickets/ID?asOf=soon'],
    ['/asOf', '/tickets/ID?asOf=%00'],
    ['/revision', '/tickets/ID?revision=-1'],
    ['/revision', '/tickets/ID?revision=1.5'],
    ['/revision', '/tickets/ID?revision=first'],
    ['/revision', '/tickets/ID?revision=99999999999999999999'],
    ['/revision', '/tickets/ID?revision=1&asOf=2026-01-01T00:00:00Z'],
    ['/revision', '/tickets?revision=1'],
    ['/sort', '/tickets?asOf=2026-01-01T00:00:00Z&sort=title'],
    ['/q', '/tickets?asOf=2026-01-01T00:00:00Z&q=%3F'],
  ])('names %s: %s', async (pointer, path) => {
    const answer = await desk.as('lena').get(path.replace('ID', tickets[0] ?? ''));
    expect(pointersOf(expectProblem(answer, 'invalid_request'))).toEqual([pointer]);
  });
});
