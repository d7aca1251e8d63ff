import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signToken } from '#platform/authentication/sign-token.js';
import { Client } from '#test/support/client.js';
import { Desk } from '#test/support/desk.js';
import { expectProblem } from '#test/support/problems.js';
import { raise } from '#test/support/tickets.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

interface Me {
  readonly name: string | null;
  readonly commands: readonly string[];
}
interface Engineers {
  readonly items: readonly { readonly engineerId: string }[];
  readonly nextCursor: string | null;
}

describe('the caller', () => {
  it('learns who they are, and what they may ever do', async () => {
    const { status, body } = await desk.as('alice').get<Me>('/me');
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: 'alice', name: null, tenant: 'acme', roles: ['customer'] });
    expect(body.commands).toEqual(expect.arrayContaining(['create', 'cancel', 'confirm']));
    expect(body.commands).not.toContain('handle');
    const lena = await desk.as('lena').get<Me>('/me');
    expect(lena.body.commands).toEqual(expect.arrayContaining(['create', 'assign', 'close']));
    expect((await desk.as('audra').get<Me>('/me')).body.commands).toEqual([]);
  });

  it('has the name of the registry as an engineer, and that of the token otherwise', async () => {
    const named = async (sub: string, role: string) => {
      const request = { sub, roles: [role], tenant: 'acme', name: 'Bobby Tables', ttl: '1h' };
      const client = new Client(desk.url, await signToken(desk.folder, request));
      return (await client.get<Me>('/me')).body.name;
    };
    const { body } = await desk.as('anna').put<{ position: string }>('/engineers/bob', {
      displayName: 'Bob B.',
      email: 'b@example.org',
    });
    await desk.as('bob').get(`/me?minPosition=${body.position}`);
    expect(await named('bob', 'engineer')).toBe('Bob B.');
    expect(await named('bob', 'customer')).toBe('Bobby Tables');
    expect(await named('zoe', 'engineer')).toBe('Bobby Tables');
  });

  it('without a role learns which claim was read', async () => {
    for (const path of ['/me', '/tickets', '/engineers']) {
      const { detail } = expectProblem(await desk.as('norma').get(path), 'forbidden');
      expect(detail).toMatch(/no role of this service: its claim "roles" must be a list/);
    }
  });
});

describe('the engineers', () => {
  it('are listed in pages, without those who were only named', async () => {
    const first = await desk.as('bob').get<Engineers>('/engineers?limit=2');
    expect(first.body.items).toHaveLength(2);
    expect(first.body.items[0]).toMatchObject({
      engineerId: 'bob',
      displayName: expect.any(String),
      email: expect.stringContaining('@'),
      active: true,
    });
    const rest = await desk
      .as('lena')
      .get<Engineers>(`/engineers?limit=200&cursor=${first.body.nextCursor ?? ''}`);
    expect(rest.body.nextCursor).toBeNull();
    expect(rest.body.items.map(({ engineerId }) => engineerId)).not.toContain('carol');
  });

  it('are not shown to customers', async () => {
    expectProblem(await desk.as('alice').get('/engineers'), 'forbidden');
  });
});

it('an id is the same person in each Unicode form, and with white space around it', async () => {
  // Given an engineer who is registered in the decomposed form
  const put = await desk.as('anna').put(`/engineers/${encodeURIComponent('Zoe\u0301 ')}`, {
    displayName: 'Zo\u00e9',
    email: 'zoe@example.org',
  });
  expect(put.body).toMatchObject({ engineerId: 'Zo\u00e9' });
  const sub = ' Zoe\u0301';
  const zoe = new Client(
    desk.url,
    await signToken(desk.folder, { sub, roles: ['engineer'], ttl: '1h' }),
  );
  // When a lead gives her a ticket
  const { ticketId } = await raise(desk);
  const { body } = await desk
    .as('lena')
    .command<{ position: string }>(ticketId, 'assign', { engineerId: 'Zoe\u0301' });
  // Then she is its handler
  expect((await zoe.command(ticketId, 'resolve', { summary: 'Done.' })).status).toBe(200);
  for (const form of ['Zo\u00e9', ' Zoe\u0301']) {
    const path = `/tickets?handler=${encodeURIComponent(form)}&minPosition=${body.position}`;
    const found = await desk.as('lena').get<{ items: unknown[] }>(path);
    expect(found.body.items).toMatchObject([{ ticketId }]);
    expect((await zoe.get(`/owners/${encodeURIComponent(form)}`)).status).toBe(200);
  }
});

it('a subject with a slash is an id like others: registered, assigned and found', async () => {
  // Given
  const id = 'auth0|https://a/b';
  const registered = await desk
    .as('anna')
    .put(`/engineers/${encodeURIComponent(id)}`, { displayName: 'Ab', email: 'ab@example.org' });
  expect(registered.status).toBe(200);
  const { ticketId } = await raise(desk);
  // When
  const { status, body } = await desk
    .as('lena')
    .command<{ position: string }>(ticketId, 'assign', { engineerId: id });
  expect(status).toBe(200);
  // Then
  const found = await desk
    .as('lena')
    .get<{ items: unknown[] }>(
      `/tickets?handler=${encodeURIComponent(id)}&minPosition=${body.position}`,
    );
  expect(found.body.items).toMatchObject([{ ticketId }]);
  const owner = await desk.as('lena').get(`/owners/${encodeURIComponent(id)}`);
  expect(owner.status).toBe(200);
});
