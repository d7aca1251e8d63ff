import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  states,
  type OwnerItem,
  type Page,
  type ServiceItem,
  type TicketItem,
} from '#test/support/answers.js';
import { Desk } from '#test/support/desk.js';
import type { Name } from '#test/support/people.js';
import { expectProblem, pointersOf } from '#test/support/problems.js';
import { give, raise, ticketIn } from '#test/support/tickets.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
  for (const state of [...states, ...states]) await ticketIn(desk, state);
  const { position } = await raise(desk);
  await desk.caughtUp(position);
});
afterAll(() => desk.close());

const idsOf = (items: readonly TicketItem[]) => items.map(({ ticketId }) => ticketId);

describe('todos', () => {
  const list = async (by: Name) =>
    (await desk.as(by).get<Page<TicketItem>>('/tickets?sort=updatedAt&limit=200')).body.items;
  const todos = async (by: Name) =>
    (await desk.as(by).get<Page<TicketItem>>('/todos?limit=200')).body.items;

  it('of staff are pending tickets dispatched to them, and tickets of which they are the handler', async () => {
    for (const by of ['bob', 'carol', 'dave'] as const) {
      const wanted = (await list('lena')).filter(({ state, owners, handler }) =>
        state === 'pending'
          ? owners.includes(by)
          : handler === by && state !== 'closed' && state !== 'canceled',
      );
      expect(idsOf(await todos(by)).sort()).toEqual(idsOf(wanted).sort());
    }
  });

  it('of a customer are tickets that wait for the customer, longest first', async () => {
    const items = await todos('alice');
    const waiting = (await list('alice')).filter(({ state }) =>
      ['pending_feedback', 'pending_confirmation'].includes(state),
    );
    expect(waiting.length).toBeGreaterThan(3);
    expect(idsOf(items)).toEqual(idsOf(waiting));
    expect(await todos('mallory')).toEqual([]);
    expect(await todos('otherAlice')).toEqual([]);
  });

  it('lose a closed ticket', async () => {
    const ticket = await ticketIn(desk, 'pending_confirmation');
    const { position } = await give(desk, 'alice', ticket.ticketId, 'confirm');
    await desk.caughtUp(position);
    expect(idsOf(await todos('alice'))).not.toContain(ticket.ticketId);
    expect(idsOf(await todos('bob'))).not.toContain(ticket.ticketId);
  });

  it('are only for customers and staff', async () => {
    for (const by of ['anna', 'audra', 'rita', 'petra', 'norma'] as const) {
      expectProblem(await desk.as(by).get('/todos'), 'forbidden');
    }
  });
});

describe('minPosition', () => {
  it('makes every query show the events up to it', async () => {
    const ticket = await raise(desk);
    for (const [path, holds] of [
      [`/tickets/${ticket.ticketId}`, '"revision":1'],
      ['/tickets?limit=1', ticket.ticketId],
      ['/todos?limit=200', ticket.ticketId],
    ] as const) {
      const join = path.includes('?') ? '&' : '?';
      const answer = await desk
        .as('bob')
        .get<{ position: string }>(`${path}${join}minPosition=${ticket.position}`);
      expect(answer.text).toContain(holds);
      expect(BigInt(answer.body.position)).toBeGreaterThanOrEqual(BigInt(ticket.position));
    }
  });

  it("is refused at once beyond the log's end", async () => {
    const last = await raise(desk);
    const far = `minPosition=${BigInt(last.position) + 1_000_000_000n}`;
    const one = `/tickets/${last.ticketId}`;
    const paths = ['/tickets', one, `${one}/history`, '/todos', '/services', '/owners', '/events'];
    for (const path of [...paths, `${one}?revision=0`, '/tickets?asOf=2026-01-01T00:00:00Z']) {
      const join = path.includes('?') ? '&' : '?';
      const problem = expectProblem(
        await desk.as('lena').get(`${path}${join}${far}`),
        'invalid_request',
      );
      expect(pointersOf(problem)).toEqual(['/minPosition']);
    }
  });
});

describe('GET /services and /owners', () => {
  it('lists services by id, with owners for all but customers', async () => {
    for (const name of ['alice', 'bob', 'lena', 'anna', 'audra', 'rita'] as const) {
      const { body } = await desk.as(name).get<Page<ServiceItem>>('/services');
      const ids = body.items.map(({ serviceId }) => serviceId);
      expect(ids).toEqual([...ids].sort());
      expect(ids).toEqual(expect.arrayContaining(['mail', 'orphan', 'retired', 'vpn']));
      const mail = body.items.find(({ serviceId }) => serviceId === 'mail');
      expect(mail?.owners).toEqual(name === 'alice' ? undefined : ['bob']);
    }
  });

  it('pages through services and owners without repeat or gap', async () => {
    for (const path of ['/services', '/owners']) {
      const all = await desk.as('lena').get<Page<object>>(path);
      const paged: object[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
        const { body } = await desk.as('lena').get<Page<object>>(`${path}?limit=2${query}`);
        paged.push(...body.items);
        cursor = body.nextCursor;
      }
      expect(paged).toEqual(all.body.items);
    }
  });

  it('counts the tickets of each engineer by state', async () => {
    await desk.putEngineer('ines');
    await desk.putService('counted');
    await desk.putOwners('counted', 'ines');
    const changes = { serviceId: 'counted' };
    const taken = await raise(desk, changes);
    await desk.as('lena').command(taken.ticketId, 'assign', { engineerId: 'ines' });
    const canceled = await raise(desk, changes);
    await desk.as('alice').command(canceled.ticketId, 'cancel');
    const forwarded = await raise(desk, changes);
    await desk.as('lena').command(forwarded.ticketId, 'forward', { engineerId: 'bob' });
    const { position } = await raise(desk, changes);
    const { body } = await desk.as('rita').get<OwnerItem>(`/owners/ines?minPosition=${position}`);
    expect(body.counts).toEqual({
      pending: 1,
      processing: 1,
      pending_feedback: 0,
      pending_reply: 0,
      pending_confirmation: 0,
      canceled: 1,
      closed: 0,
    });
  });

  it('counts a ticket for its handler, and no longer for the other owners', async () => {
    const counts = async (position: string) => {
      const carol = await desk.as('lena').get<OwnerItem>(`/owners/carol?minPosition=${position}`);
      return carol.body.counts.pending;
    };
    await desk.putOwners('vpn', 'bob', 'carol');
    const first = await raise(desk);
    const before = await counts(first.position);
    const taken = await ticketIn(desk, 'processing');
    expect(await counts(taken.position)).toBe(before);
  });

  it.each(['/services/none', '/owners/nobody', '/owners/%00', '/services/%F0%9F%98%80'])(
    'do not find %s',
    async (path) => {
      expectProblem(await desk.as('lena').get(path), 'not_found');
    },
  );

  it('owners are not for customers', async () => {
    for (const name of ['alice', 'petra', 'norma'] as const) {
      expectProblem(await desk.as(name).get('/owners'), 'forbidden');
      expectProblem(await desk.as(name).get('/owners/bob'), 'forbidden');
    }
  });
});
