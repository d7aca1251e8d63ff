import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { History, Page, TicketItem, TicketPage } from '#test/support/answers.js';
import { Client } from '#test/support/client.js';
import { Desk } from '#test/support/desk.js';
import { EventStream } from '#test/support/event-stream.js';
import { tokenFor, type Name } from '#test/support/people.js';
import { expectProblem } from '#test/support/problems.js';
import { creation, give, raise, ticketIn } from '#test/support/tickets.js';

const SECRET_NOTE = 'The customer is tiresome.';
const PHONE = '+390612345678';
const EMAIL = 'alice.private@acme.example';

let desk: Desk;
let ticketId: string;
let elsewhere: string;
beforeAll(async () => {
  desk = await Desk.open();
  const contact = { mobile: PHONE, email: EMAIL };
  ({ ticketId } = await ticketIn(desk, 'pending_reply', { contact }));
  await give(desk, 'dave', ticketId, 'notes', { text: SECRET_NOTE });
  await give(desk, 'bob', ticketId, 'resolve', { summary: 'Renewed it.' });
  const other = await raise(desk, { description: 'Globex only.' }, 'otherAlice');
  elsewhere = other.ticketId;
  await desk.caughtUp(other.position);
});
afterAll(() => desk.close());

const list = async (by: Name | Client, query = '') => {
  const client = by instanceof Client ? by : desk.as(by);
  const { body } = await client.get<Page<TicketItem>>(`/tickets?limit=200${query}`);
  return body.items;
};
const page = (by: Name, id = ticketId) => desk.as(by).get<TicketPage>(`/tickets/${id}`);
const history = (by: Name, query = '') =>
  desk.as(by).get<History>(`/tickets/${ticketId}/history${query}`);

const readers = ['alice', 'bob', 'carol', 'dave', 'lena', 'audra'] as const;

describe('a customer', () => {
  it('lists only their own tickets, with any filter', async () => {
    expect((await list('alice')).map((item) => item.ticketId)).toEqual([ticketId]);
    expect((await list('otherAlice')).map((item) => item.ticketId)).toEqual([elsewhere]);
    expect(await list('mallory')).toEqual([]);
    for (const query of ['&tenant=acme', '&requester=alice', '&owner=bob', '&q=tunnel']) {
      expect(await list('mallory', query)).toEqual([]);
    }
    expect(await list('alice', '&tenant=globex')).toEqual([]);
    expect(await list('otherAlice', '&tenant=acme')).toEqual([]);
  });

  it('gets 404 for a ticket that is not theirs', async () => {
    for (const by of ['mallory', 'otherAlice'] as const) {
      expectProblem(await page(by), 'not_found');
      expectProblem(await history(by), 'not_found');
    }
    expectProblem(await page('alice', elsewhere), 'not_found');
  });

  it('never sees notes, on the page or in the history, and sees the rest', async () => {
    const shown = await page('alice');
    expect(shown.body).not.toHaveProperty('notes');
    expect(shown.text).not.toContain(SECRET_NOTE);
    expect(shown.body.messages.map(({ message }) => message)).toEqual([
      'Since when?',
      'Since Monday.',
    ]);
    const ticketHistory = await history('alice');
    expect(ticketHistory.text).not.toContain(SECRET_NOTE);
    const types = ticketHistory.body.events.map(({ type }) => type);
    expect(types).not.toContain('InternalNoteAdded');
    expect(types).toHaveLength(6);
  });

  it('gets as many events as requested, also across hidden ones', async () => {
    const all = (await history('alice')).body.events;
    for (const [index, event] of all.entries()) {
      const { body } = await history('alice', `?from=${event.revision}&limit=2`);
      expect(body.events).toEqual(all.slice(index, index + 2));
    }
  });

  it('cannot find a ticket by words that only notes have', async () => {
    expect(await list('alice', '&q=tiresome')).toEqual([]);
    expect(await list('bob', '&q=tiresome')).toEqual([]);
  });

  it('without a tenant has no tickets of any tenant', async () => {
    const token = await tokenFor(desk.folder, { sub: 'alice', roles: ['customer'] });
    const client = new Client(desk.url, token);
    expect(await list(client)).toEqual([]);
    expectProblem(await client.get(`/tickets/${ticketId}`), 'not_found');
    expectProblem(await client.command(ticketId, 'confirm'), 'not_found');
  });

  it.each(['admin', 'reporter', 'privacy_officer'])(
    'who is also %s finds no ticket of another customer, by query or by command',
    async (role) => {
      const person = { sub: 'mallory', tenant: 'acme', roles: ['customer', role] };
      const client = new Client(desk.url, await tokenFor(desk.folder, person));
      const nobodys = '019ab3c4-5d6e-7f80-9123-456789abcdef';
      for (const path of ['', '?revision=0', '/history']) {
        const hidden = expectProblem(await client.get(`/tickets/${ticketId}${path}`), 'not_found');
        const absent = expectProblem(await client.get(`/tickets/${nobodys}${path}`), 'not_found');
        expect(hidden.detail).toBe(absent.detail);
      }
      for (const command of ['cancel', 'handle', 'confirm']) {
        const hidden = expectProblem(await client.command(ticketId, command), 'not_found');
        const absent = expectProblem(await client.command(nobodys, command), 'not_found');
        expect(hidden.detail).toBe(absent.detail);
      }
    },
  );

  it('who is also a reporter sees text only on their own tickets', async () => {
    const person = { sub: 'mallory', tenant: 'acme', roles: ['customer', 'reporter'] };
    const client = new Client(desk.url, await tokenFor(desk.folder, person));
    const own = await client.post('/tickets', creation({ description: 'My own tunnel.' }));
    expect(own.status).toBe(201);
    await desk.caughtUp(own.body.position);
    const items = await list(client);
    const texts = items.flatMap(({ excerpt }) => excerpt ?? []);
    expect({ tickets: items.length, texts }).toEqual({ tickets: 3, texts: ['My own tunnel.'] });
    const found = await client.get<Page<TicketItem>>('/tickets?q=tunnel');
    const others = found.body.items.filter((item) => item.ticketId !== own.body.ticketId);
    expect(others).toEqual([]);
  });
});

describe('staff and auditors', () => {
  it.each(['bob', 'dave', 'lena', 'audra'] as const)('%s sees all tickets', async (by) => {
    const ids = (await list(by)).map((item) => item.ticketId);
    expect(ids).toEqual(expect.arrayContaining([ticketId, elsewhere]));
    const shown = await page(by);
    expect(shown.body.notes).toMatchObject([
      { text: SECRET_NOTE, author: { id: 'dave', role: 'engineer' } },
    ]);
    const ticketHistory = await history(by);
    expect(ticketHistory.body.events.map(({ revision }) => revision)).toEqual([
      0, 1, 2, 3, 4, 5, 6,
    ]);
    expect(ticketHistory.text).toContain(SECRET_NOTE);
  });

  it('auditors may only read', async () => {
    expect((await page('audra')).body.allowed).toEqual([]);
    expectProblem(await desk.as('audra').command(ticketId, 'notes', { text: 'x' }), 'forbidden');
  });
});

describe('a reporter', () => {
  it('lists tickets without text', async () => {
    const items = await list('rita');
    expect(items.length).toBeGreaterThanOrEqual(2);
    for (const item of items) {
      expect(item).not.toHaveProperty('excerpt');
      expect(item.allowed).toEqual([]);
    }
    expect(JSON.stringify(items)).not.toMatch(/tunnel|Globex|tiresome|Renewed|Monday/);
  });

  it('may not search in text, nor open a ticket', async () => {
    expectProblem(await desk.as('rita').get('/tickets?q=tunnel'), 'forbidden');
    expectProblem(await page('rita'), 'forbidden');
    expectProblem(await history('rita'), 'forbidden');
  });
});

describe('others', () => {
  it.each(['anna', 'petra', 'norma'] as const)('%s reads no tickets', async (by) => {
    expectProblem(await desk.as(by).get('/tickets'), 'forbidden');
    expectProblem(await page(by), 'forbidden');
    expectProblem(await history(by), 'forbidden');
  });
});

describe('the contact method', () => {
  it('is withheld from everyone, everywhere', async () => {
    for (const by of readers) {
      const shown = await page(by);
      expect(shown.body.contact).toBe('withheld');
      const ticketHistory = await history(by);
      expect(ticketHistory.body.events[0]?.data['contact']).toBe('withheld');
      const listed = JSON.stringify(await list(by));
      for (const text of [shown.text, ticketHistory.text, listed]) {
        expect(text).not.toContain(PHONE);
        expect(text).not.toContain(EMAIL);
      }
    }
    expect(await list('bob', `&q=${encodeURIComponent(EMAIL)}`)).toEqual([]);
  });
});

describe('a ticket’s page', () => {
  it('has every documented member', async () => {
    for (const by of readers) {
      const { body } = await page(by);
      expect(Object.keys(body)).toEqual(
        expect.arrayContaining(
          `ticketId reference state revision service issueType severity description requester
           owners handler messages attachments resolution evaluation closeReason authorizations
           contact allowed createdAt updatedAt`.split(/\s+/),
        ),
      );
    }
    expect((await page('bob')).body).toMatchObject({
      ticketId,
      state: 'pending_confirmation',
      revision: 6,
      service: { id: 'vpn', name: 'VPN' },
      issueType: null,
      severity: null,
      description: 'The tunnel drops every hour.',
      requester: { id: 'alice', tenant: 'acme' },
      owners: ['bob', 'carol'],
      handler: 'bob',
      resolution: { summary: 'Renewed it.' },
      evaluation: null,
      closeReason: null,
    });
  });
});

describe('long texts', () => {
  const long = `It drops every hour.\n\n${'And again. '.repeat(200)}`;

  it('are short in lists and whole on the page, now and then', async () => {
    // Given
    const { ticketId: id } = await raise(desk, { description: long });
    await give(desk, 'bob', id, 'handle');
    await give(desk, 'bob', id, 'resolve', { summary: long });
    const confirmation = { rating: 4, comment: long.slice(0, 1_000) };
    const { position, revision } = await give(desk, 'alice', id, 'confirm', confirmation);
    // When
    const { body } = await desk
      .as('alice')
      .get<Page<TicketItem>>(`/tickets?state=closed&minPosition=${position}`);
    const now = await desk.as('alice').get<TicketPage>(`/tickets/${id}?minPosition=${position}`);
    const then = await desk.as('alice').get<TicketPage>(`/tickets/${id}?revision=${revision}`);
    // Then
    const row = body.items.find((item) => item.ticketId === id);
    expect(row?.excerpt).toMatch(/^It drops every hour\. (And again\. )+And$/);
    expect(row?.excerpt?.length).toBeLessThanOrEqual(200);
    expect(now.body).toMatchObject({
      description: long,
      messages: [],
      resolution: { summary: long },
      evaluation: confirmation,
    });
    expect(then.body).toEqual(now.body);
    expect(JSON.stringify(body)).not.toContain(long.slice(0, 300));
  });
});

describe('the history', () => {
  it('has each event with actor, time, cause and hash', async () => {
    const { body } = await history('lena');
    let before = -1n;
    for (const event of body.events) {
      expect(event).toEqual({
        revision: expect.any(Number),
        position: expect.stringMatching(/^\d+$/),
        eventId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        type: expect.stringMatching(/^[A-Z][A-Za-z]+$/),
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        actor: expect.objectContaining({ id: expect.any(String), role: expect.any(String) }),
        data: expect.any(Object),
        correlationId: expect.any(String),
        causationId: expect.any(String),
        commandId: expect.any(String),
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
      expect(BigInt(event.position)).toBeGreaterThan(before);
      before = BigInt(event.position);
    }
  });

  it('begins at `from` and has `limit` events', async () => {
    const ticketHistory = await history('lena', '?from=2&limit=3');
    expect(ticketHistory.body.events.map(({ revision }) => revision)).toEqual([2, 3, 4]);
    expect((await history('lena', '?from=99')).body.events).toEqual([]);
    for (const query of ['?from=-1', '?limit=0', '?limit=1001', '?from=x', '?colour=red']) {
      expectProblem(await history('lena', query), 'invalid_request');
    }
  });

  it('has the correlation id of the request', async () => {
    const headers = { 'x-correlation-id': 'case-7' };
    await desk.as('bob').command(ticketId, 'notes', { text: 'x' }, headers);
    expect((await history('bob')).body.events.at(-1)?.correlationId).toBe('case-7');
  });
});

describe('the reasons that staff give each other', () => {
  it('are not in the history, live updates or page of the customer', async () => {
    const REASON = 'Their admin shouts at me.';
    const { ticketId: passed } = await raise(desk);
    const stream = await EventStream.open(desk.as('alice'));
    await give(desk, 'bob', passed, 'forward', { engineerId: 'carol', reason: REASON });
    await give(desk, 'carol', passed, 'handle', { reason: REASON });
    await give(desk, 'carol', passed, 'forward', { engineerId: 'bob', reason: REASON });
    const last = await give(desk, 'bob', passed, 'resolve', { summary: 'Done.' });
    const path = `/tickets/${passed}/history`;
    const { body, text } = await desk.as('alice').get<History>(path);
    expect(body.events.map(({ type }) => type)).toEqual([
      'TicketCreated',
      'TicketDispatched',
      'TicketForwarded',
      'TicketAssigned',
      'TicketForwarded',
      'ResolutionSubmitted',
    ]);
    expect(text).not.toContain('shouts');
    const shown = await desk.as('alice').get(`/tickets/${passed}?minPosition=${last.position}`);
    expect(shown.text).not.toContain('shouts');
    await stream.reaches(last.position);
    expect(JSON.stringify(stream.messages)).toContain('TicketForwarded');
    expect(JSON.stringify(stream.messages)).not.toContain('shouts');
    stream.cut();
    for (const by of ['bob', 'lena', 'audra'] as const) {
      expect((await desk.as(by).get(path)).text.match(/shouts/g)).toHaveLength(3);
    }
  });

  it('unlike those given to the customer', async () => {
    const { ticketId: closed } = await raise(desk);
    await give(desk, 'lena', closed, 'close', { reason: 'A duplicate of another ticket.' });
    const { text } = await desk.as('alice').get(`/tickets/${closed}/history`);
    expect(text).toContain('A duplicate of another ticket.');
  });
});
