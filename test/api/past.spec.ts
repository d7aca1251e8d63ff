import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TicketItem, TicketPage } from '#test/support/answers.js';
import { Desk } from '#test/support/desk.js';
import { makePast } from '#test/support/past-story.js';
import type { Name } from '#test/support/people.js';
import { expectProblem, pointersOf } from '#test/support/problems.js';
import { give, raise, ticketIn } from '#test/support/tickets.js';
import { groupings, questions, Witness, type Shown } from '#test/support/witness.js';

let desk: Desk;
let witness: Witness;
let shown: readonly Shown[] = [];
let tickets: readonly string[] = [];
beforeAll(async () => {
  desk = await Desk.open();
  witness = new Witness(desk);
  ({ shown, tickets } = await makePast(desk));
});
afterAll(() => desk.close());

const EPOCHS = [0, 1, 2, 3];
const then = (index: number): Shown => {
  const found = shown[index];
  if (found === undefined) throw new Error('There was no such time.');
  return found;
};

describe.each(EPOCHS)('asOf time %i', (epoch) => {
  it('every list equals the one of that time, whole and page by page', async () => {
    const { at, lists } = then(epoch);
    for (const { by, query } of questions) {
      const expected = lists.get(`${by} ${query}`);
      for (const limit of query.includes('limit') ? [''] : ['&limit=200', '&limit=6']) {
        const found = await witness.all(by, `${query}&asOf=${at}${limit}`);
        expect({ by, query, limit, found }).toEqual({ by, query, limit, found: expected });
      }
    }
  });

  it('every count equals the one of that time', async () => {
    const { at, lists, summaries } = then(epoch);
    for (const group of groupings) {
      expect(await witness.summary(`${group}&asOf=${at}`)).toEqual(summaries.get(group));
    }
    expect(summaries.get('')).toMatchObject({ total: lists.get('lena ')?.length });
  });

  it('every ticket equals the one of that time, with its allowed commands', async () => {
    const { at, pages } = then(epoch);
    for (const [key, expected] of pages) {
      const [by = '', ticketId = ''] = key.split(' ');
      expect(await witness.show(by as Name, ticketId, `asOf=${at}`)).toEqual(expected);
    }
  });
});

describe('a list as it was', () => {
  it('stays the same over all pages while tickets are created and changed', async () => {
    const { at, lists } = then(2);
    let position = '0';
    for (const sort of ['updatedAt', '-updatedAt', 'createdAt', '-createdAt']) {
      const expected = [
        ...(lists.get(`lena ${sort === '-updatedAt' ? '' : `sort=${sort}`}`) ?? []),
      ];
      const items: TicketItem[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const after: string = cursor === '' ? '' : `&cursor=${cursor}`;
        const next = await witness.page('lena', `asOf=${at}&sort=${sort}&limit=4${after}`);
        items.push(...next.items);
        cursor = next.nextCursor;
        await raise(desk, { onBehalfOf: { id: 'yan', tenant: 'hooli' } }, 'lena');
        ({ position } = await give(desk, 'bob', tickets[1] ?? '', 'notes', { text: 'Meanwhile.' }));
      }
      expect(items).toEqual(expected);
    }
    await desk.caughtUp(position);
  });

  it('accepts a time with any offset, and shows the present for a time in the future', async () => {
    const { at } = then(2);
    const offset = encodeURIComponent(at.replace('Z', '+00:00'));
    expect(await witness.all('lena', `asOf=${offset}`)).toEqual(
      await witness.all('lena', `asOf=${at}`),
    );
    for (const future of ['2099-01-01T00:00:00Z', '9999-12-31T23:59:59-23:59']) {
      const now = await witness.all('lena', 'sort=createdAt');
      expect(await witness.all('lena', `sort=createdAt&asOf=${future}`)).toEqual(now);
      expect(await witness.all('lena', `asOf=${future}`)).toEqual(await witness.all('lena', ''));
      expect(await witness.summary(`groupBy=owner&asOf=${future}`)).toEqual(
        await witness.summary('groupBy=owner'),
      );
      const { ticketId, position } = await ticketIn(desk, 'pending_confirmation');
      await desk.caughtUp(position);
      const page = await witness.show('bob', ticketId);
      expect(page.allowed).not.toContain('close');
      expect(await witness.show('bob', ticketId, `asOf=${future}`)).toEqual(page);
    }
  });

  it('is empty before the first event', async () => {
    for (const past of ['1969-07-20T20:17:00Z', '0000-01-01T00:00:00%2B23:59']) {
      expect(await witness.page('lena', `asOf=${past}`)).toMatchObject({
        items: [],
        nextCursor: null,
      });
      expect(await witness.all('lena', `sort=createdAt&asOf=${past}`)).toEqual([]);
    }
  });

  it('shows reporters no text, and refuses their searches', async () => {
    const { at } = then(2);
    const items = await witness.all('rita', `asOf=${at}`);
    expect(items.length).toBeGreaterThan(10);
    for (const item of items) expect(item).not.toHaveProperty('excerpt');
    expectProblem(await desk.as('rita').get(`/tickets?asOf=${at}&q=tunnel`), 'forbidden');
  });

  it('refuses a cursor of another time, another query, or the present', async () => {
    const { at } = then(2);
    const { nextCursor } = await witness.page('lena', `asOf=${at}&limit=2`);
    const present = await witness.page('lena', 'limit=2');
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

  it('has a position, and waits for minPosition', async () => {
    const { at, position } = then(3);
    const answer = await witness.page('lena', `asOf=${at}&minPosition=${position}`);
    expect(BigInt(answer.position)).toBeGreaterThanOrEqual(BigInt(position));
  });
});

describe('a ticket at a revision', () => {
  it('equals the answer of each command', async () => {
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
      expect(await witness.show('lena', ticket.ticketId, `revision=${revision}`)).toMatchObject({
        revision,
        state,
        messages: { length: revision >= 4 ? 2 : revision >= 3 ? 1 : 0 },
        resolution: revision >= 5 ? { summary: 'Renewed.' } : null,
      });
    }
    expect(await witness.show('alice', ticket.ticketId, 'revision=5')).toMatchObject({
      allowed: expect.arrayContaining(['confirm', 'reject-resolution']),
    });
    const { service } = await witness.show('lena', tickets[0] ?? '', 'revision=0');
    expect(service).toEqual({ id: 'vpn', name: 'VPN' });
  });
});

describe('a ticket that did not exist then', () => {
  it.each<[string, () => string, RegExp]>([
    ['before it was raised', () => `asOf=${then(0).at}`, /did not exist then/],
    ['at a revision to come', () => 'revision=9999', /has no revision 9999 yet/],
    ['at the greatest possible revision', () => `revision=${2 ** 53 - 1}`, /has no revision/],
  ])(
    '%s is not found, with a reason only for those who may open the ticket',
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

  it('is hidden from others in the past, too', async () => {
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

describe('an invalid query of the past', () => {
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
