import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { states, type Page, type State, type TicketItem } from '#test/support/answers.js';
import { Desk } from '#test/support/desk.js';
import type { Name } from '#test/support/people.js';
import { expectProblem, pointersOf } from '#test/support/problems.js';
import { creation, give, raise, ticketIn } from '#test/support/tickets.js';

const OTHERS = 60;

let desk: Desk;
let position = '';
/** Two tickets of alice's in each state, and many of other customers. */
const alices: { ticketId: string; state: State }[] = [];
beforeAll(async () => {
  desk = await Desk.open();
  for (const state of [...states, ...states]) {
    const { ticketId } = await ticketIn(desk, state);
    alices.push({ ticketId, state });
  }
  const zoe = { id: 'zoe', tenant: 'initech' };
  const lines = Array.from({ length: OTHERS }, (_, index) => ({
    command: 'create',
    ...creation({
      onBehalfOf: zoe,
      serviceId: 'mail',
      issueType: index % 2 === 0 ? 'spam' : 'delivery',
      description: `Mail number ${index} from the queue of Łódź.`,
    }),
  }));
  const { results } = await desk.as('lena').batch(lines);
  const [first = '', second = ''] = results.map(({ ticketId }) => ticketId);
  await give(desk, 'lena', first, 'severity', { severity: 'critical' });
  await give(desk, 'lena', second, 'assign', { engineerId: 'dave' });
  ({ position } = await give(desk, 'dave', second, 'notes', { text: 'Xylophone.' }));
});
afterAll(() => desk.close());

async function list(query: string, by: Name = 'lena'): Promise<Page<TicketItem>> {
  const answer = await desk.as(by).get<Page<TicketItem>>(`/tickets?${query}`);
  expect({ query, status: answer.status }).toEqual({ query, status: 200 });
  return answer.body;
}

/** All items of a query, page by page. */
async function all(query: string, limit = 200, by: Name = 'lena'): Promise<TicketItem[]> {
  const items: TicketItem[] = [];
  let page = await list(`${query}&limit=${limit}&minPosition=${position}`, by);
  items.push(...page.items);
  while (page.nextCursor !== null) {
    page = await list(`${query}&limit=${limit}&cursor=${page.nextCursor}`, by);
    items.push(...page.items);
  }
  return items;
}

/** All tickets, found without a filter, to compare filters with. */
const everything = () => all('sort=createdAt');
const idsOf = (items: readonly TicketItem[]) => items.map(({ ticketId }) => ticketId);

describe('each filter', () => {
  it.each<[string, (item: TicketItem) => boolean]>([
    ...states.map((state): [string, (item: TicketItem) => boolean] => [
      `state=${state}`,
      (item) => item.state === state,
    ]),
    ['state=closed&state=canceled', ({ state }) => state === 'closed' || state === 'canceled'],
    ['service=mail', ({ service }) => service.id === 'mail'],
    ['service=none', () => false],
    ['owner=carol', ({ owners }) => owners.includes('carol')],
    ['owner=dave', ({ owners }) => owners.includes('dave')],
    ['handler=bob', ({ handler }) => handler === 'bob'],
    ['handler=dave', ({ handler }) => handler === 'dave'],
    ['requester=zoe', ({ requester }) => requester.id === 'zoe'],
    ['tenant=acme', ({ requester }) => requester.tenant === 'acme'],
    ['severity=critical', ({ severity }) => severity === 'critical'],
    ['severity=low', ({ severity }) => severity === 'low'],
    [
      'state=pending&service=vpn&requester=alice&tenant=acme',
      (item) => item.state === 'pending' && item.requester.id === 'alice',
    ],
    ['requester=%27%20OR%201%3D1--', () => false],
    ['owner=%25', () => false],
  ])('%s finds exactly the matching tickets', async (query, matches) => {
    const wanted = (await everything()).filter(matches);
    expect(idsOf(await all(`sort=createdAt&${query}`))).toEqual(idsOf(wanted));
  });

  it('createdFrom and createdTo bound a half-open range', async () => {
    const items = await everything();
    const [from = '', to = ''] = [items[3]?.createdAt, items[9]?.createdAt];
    const within = items.filter(({ createdAt }) => createdAt >= from && createdAt < to);
    const range = `createdFrom=${from}&createdTo=${to}`;
    expect(idsOf(await all(`sort=createdAt&${range}`))).toEqual(idsOf(within));
    const offset = encodeURIComponent(from.replace('Z', '+00:00'));
    const since = items.filter(({ createdAt }) => createdAt >= from);
    expect(idsOf(await all(`sort=createdAt&createdFrom=${offset}`))).toEqual(idsOf(since));
  });

  it.each([
    ['tunnel', 14],
    ['TUNNEL drops', 14],
    ['tunnel queue', 0],
    ['number 7', 1],
    ['łódź', OTHERS],
    ['tun', 0],
    ['"tunnel"*', 14],
    ['Monday', 2],
    ['xylophone', 0],
  ])('q=%s finds words in description and messages: %i tickets', async (q, count) => {
    expect(await all(`q=${encodeURIComponent(q)}`)).toHaveLength(count);
  });
});

describe('each sort', () => {
  it.each(['createdAt', '-createdAt', 'updatedAt', '-updatedAt'] as const)(
    '%s holds over all pages, without repeat or gap',
    async (sort) => {
      const field = sort.endsWith('createdAt') ? 'createdAt' : 'updatedAt';
      const items = await all(`sort=${sort}`, 7);
      const values = items.map((item) => item[field]);
      const sorted = [...values].sort();
      expect(values).toEqual(sort.startsWith('-') ? sorted.reverse() : sorted);
      expect(new Set(idsOf(items)).size).toBe(14 + OTHERS);
      expect(items).toHaveLength(14 + OTHERS);
    },
  );

  it('is -updatedAt by default', async () => {
    expect(idsOf(await all(''))).toEqual(idsOf(await all('sort=-updatedAt')));
  });
});

describe('paging', () => {
  it('answers 50 items by default, or as many as the limit', async () => {
    expect((await list('')).items).toHaveLength(50);
    for (const limit of [1, 13, 200]) {
      const page = await list(`limit=${limit}`);
      expect(page.items).toHaveLength(Math.min(limit, 14 + OTHERS));
      expect(page.nextCursor === null).toBe(limit > 14 + OTHERS);
    }
  });

  it('by creation shows no ticket twice while tickets are created', async () => {
    const before = idsOf(await everything());
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const after: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const page: Page<TicketItem> = await list(`sort=-createdAt&limit=20${after}`);
      seen.push(...idsOf(page.items));
      cursor = page.nextCursor;
      await raise(desk, { onBehalfOf: { id: 'yan', tenant: 'hooli' } }, 'lena');
    }
    expect(seen).toEqual(before.reverse());
  });

  it('keeps to the filter', async () => {
    const items = await all('service=mail&sort=-createdAt', 7);
    expect(items).toHaveLength(OTHERS);
    expect(new Set(items.map(({ service }) => service.id))).toEqual(new Set(['mail']));
  });

  it('refuses a cursor of another query, and a malformed one', async () => {
    const { nextCursor } = await list('limit=5&service=mail');
    const foreign = Buffer.from('["x",1,"y"]').toString('base64url');
    for (const query of [
      `cursor=${nextCursor}`,
      `service=vpn&cursor=${nextCursor}`,
      `service=mail&sort=createdAt&cursor=${nextCursor}`,
      'cursor=abc',
      `cursor=${foreign}`,
      'cursor=',
      'cursor=%00',
    ]) {
      const problem = expectProblem(
        await desk.as('lena').get(`/tickets?${query}`),
        'invalid_request',
      );
      expect({ query, pointers: pointersOf(problem) }).toEqual({ query, pointers: ['/cursor'] });
    }
  });

  it("keeps a customer's cursor within the customer's tickets", async () => {
    const { nextCursor } = await list('limit=1');
    const answer = await desk.as('mallory').get(`/tickets?limit=1&cursor=${nextCursor}`);
    expectProblem(answer, 'invalid_request');
  });
});

describe('times at the edge of the years', () => {
  it('are compared as times, whatever their zone and form', async () => {
    const { ticketId, position } = await raise(desk);
    const found = async (query: string): Promise<boolean> => {
      const answer = await desk.as('lena').get(`/tickets?minPosition=${position}&${query}`);
      expect({ query, status: answer.status }).toEqual({ query, status: 200 });
      return answer.text.includes(ticketId);
    };
    for (const late of ['9999-12-31T23:59:59-14:00', '9999-12-31t23:59:59.999999999z']) {
      expect(await found(`createdTo=${late}`)).toBe(true);
      expect(await found(`createdFrom=${late}`)).toBe(false);
      expect(await found(`asOf=${late}`)).toBe(true);
      expect(await found(`createdFrom=2026-01-01T00:00:00Z&createdTo=${late}`)).toBe(true);
    }
    for (const early of ['0000-01-01T00:00:00%2B14:00', '0000-01-01t00:00:00%2B00:00']) {
      expect(await found(`createdTo=${early}`)).toBe(false);
      expect(await found(`createdFrom=${early}`)).toBe(true);
      expect(await found(`asOf=${early}`)).toBe(false);
    }
  });
});

describe('an invalid query', () => {
  it.each([
    ['/state/0', 'state=open'],
    ['/state/0', 'state='],
    ['/severity', 'severity=grave'],
    ['/sort', 'sort=title'],
    ['/limit', 'limit=0'],
    ['/limit', 'limit=201'],
    ['/limit', 'limit=ten'],
    ['/limit', 'limit=1.5'],
    ['/limit', 'limit=-1'],
    ['/limit', 'limit=0x10'],
    ['/limit', 'limit=1e1'],
    ['/limit', 'limit=%2B1'],
    ['/limit', 'limit=%201'],
    ['/limit', 'limit='],
    ['/createdFrom', 'createdFrom=2026-01-01T24:00:00Z'],
    ['/createdFrom', 'createdFrom=2026-02-30T00:00:00Z'],
    ['/createdFrom', 'createdFrom=%2B012026-01-01T00:00:00Z'],
    ['/asOf', 'asOf=2016-12-31T23:59:60Z'],
    ['/minPosition', 'minPosition=0x10'],
    ['/minPosition', 'minPosition=%201'],
    ['/service', 'service=Not%20A%20Slug'],
    ['/service', 'service=vpn&service=mail'],
    ['/createdFrom', 'createdFrom=yesterday'],
    ['/createdFrom', 'createdFrom=2026-13-01T00:00:00Z'],
    ['/createdFrom', 'createdFrom=2016-12-31T23:59:60Z'],
    ['/createdFrom', 'createdFrom=2026-01-01T00:00:00%2B00'],
    ['/createdTo', 'createdFrom=2026-02-01T00:00:00Z&createdTo=2026-01-01T00:00:00Z'],
    ['/q', 'q='],
    ['/q', 'q=%20%3F%21'],
    ['/q', `q=${'x'.repeat(501)}`],
    ['/minPosition', 'minPosition=soon'],
    ['/minPosition', 'minPosition=-1'],
    ['/colour', 'colour=red'],
    ['/state[$ne]', 'state[$ne]=closed'],
    ['/__proto__', '__proto__=x'],
    ['/owner', 'owner=%00'],
  ])('names %s: %s', async (pointer, query) => {
    const problem = expectProblem(
      await desk.as('lena').get(`/tickets?${query}`),
      'invalid_request',
    );
    expect(pointersOf(problem)).toContain(pointer);
  });
});
