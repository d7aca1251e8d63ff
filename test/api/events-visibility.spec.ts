import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from '#test/support/client.js';
import { Desk } from '#test/support/desk.js';
import { EventStream, type LiveEvent } from '#test/support/event-stream.js';
import {
  asHistory,
  comparable,
  EMAIL,
  historyOf,
  longTicket,
  NOTE,
} from '#test/support/long-ticket.js';
import { tokenFor, type Name } from '#test/support/people.js';
import { creation, give, raise } from '#test/support/tickets.js';
import { pause } from '#test/support/until.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const open = (by: Name) => EventStream.open(desk.as(by));

describe('the live updates', () => {
  let ticketId: string;
  let seen: Readonly<
    Record<'alice' | 'mallory' | 'otherAlice' | 'bob' | 'audra' | 'rita' | 'anna', EventStream>
  >;
  beforeAll(async () => {
    const names = ['alice', 'mallory', 'otherAlice', 'bob', 'audra', 'rita', 'anna'] as const;
    const streams = await Promise.all(names.map((name) => open(name)));
    seen = Object.fromEntries(names.map((name, index) => [name, streams[index]])) as typeof seen;
    ({ ticketId } = await longTicket(desk));
    await desk.putOwners('mail', 'bob', 'carol');
    await desk.putEngineer('fred');
    await desk.putService('fax');
    const own = await raise(desk, { description: 'Globex only.' }, 'otherAlice');
    const mallorys = await raise(desk, { description: 'My own tunnel.' }, 'mallory');
    await Promise.all([
      seen.otherAlice.reaches(own.position),
      ...[seen.mallory, seen.bob, seen.audra, seen.rita].map((stream) => {
        return stream.reaches(mallorys.position);
      }),
      pause(1_000),
    ]);
    for (const stream of streams) stream.cut();
  });

  const typesOf = (stream: EventStream) => stream.events.map(({ type }) => type);
  const textOf = (stream: EventStream) => JSON.stringify(stream.messages);

  it('show a customer their own tickets without notes, and services without owners', async () => {
    expect(asHistory(seen.alice.events)).toEqual(
      (await historyOf(desk, 'alice', ticketId)).map(comparable),
    );
    expect(textOf(seen.alice)).not.toContain(NOTE);
    expect(typesOf(seen.alice)).not.toContain('InternalNoteAdded');
    const others = seen.alice.events.filter((event) => event.ticketId === undefined);
    expect(others).toMatchObject([{ serviceId: 'fax', type: 'ServiceRegistered' }]);
    expect(others).toHaveLength(1);
  });

  it.each([
    ['of the same tenant', 'mallory', 'My own tunnel.'],
    ['of the same name and another tenant', 'otherAlice', 'Globex only.'],
  ] as const)('show another customer %s only their own tickets', (_, name, description) => {
    expect(typesOf(seen[name])).toEqual(['ServiceRegistered', 'TicketCreated', 'TicketDispatched']);
    expect(seen[name].events[1]?.data).toMatchObject({ description });
  });

  it.each(['bob', 'audra'] as const)('show %s everything', async (name) => {
    const { events } = seen[name];
    const all = (await historyOf(desk, 'bob', ticketId)).map(comparable);
    expect(asHistory(events.filter((event) => event.ticketId === ticketId))).toEqual(all);
    expect(events.filter((event) => event.ticketId === undefined)).toHaveLength(3);
    expect(events).toHaveLength(all.length + 3 + 4);
  });

  it('show a reporter all events without their data', () => {
    expect(typesOf(seen.rita)).toEqual(typesOf(seen.bob));
    for (const event of seen.rita.events) {
      const { data, ...rest } = seen.bob.events.find(
        ({ position }) => position === event.position,
      ) as LiveEvent;
      expect(event).toEqual(event.ticketId === undefined ? { ...rest, data } : rest);
    }
    expect(textOf(seen.rita)).not.toMatch(/tunnel|Globex|tiresome|Renewed|Monday|Grazie/);
  });

  it('show an administrator only services and engineers', () => {
    expect(typesOf(seen.anna)).toEqual([
      'ServiceOwnersConfigured',
      'EngineerRegistered',
      'ServiceRegistered',
    ]);
  });

  it('never show the contact', () => {
    for (const stream of Object.values(seen)) expect(textOf(stream)).not.toContain(EMAIL);
    expect(seen.bob.events.find(({ type }) => type === 'TicketCreated')?.data).toMatchObject({
      contact: 'withheld',
    });
  });

  it('show a customer who is also a reporter text only on their own tickets', async () => {
    const before = await historyOf(desk, 'bob', ticketId);
    const person = { sub: 'mallory', tenant: 'acme', roles: ['customer', 'reporter'] };
    const client = new Client(desk.url, await tokenFor(desk.folder, person));
    const stream = await EventStream.open(client, before[0]?.position);
    const own = await client.post('/tickets', creation({ description: 'Mine.' }));
    await give(desk, 'dave', own.body.ticketId, 'notes', { text: NOTE });
    const { position } = await raise(desk);
    await stream.reaches(position);
    stream.cut();
    const withText = stream.events.filter((event) => event.ticketId && event.data);
    expect(withText.map(({ data, type }) => data?.['description'] ?? type)).toEqual([
      'My own tunnel.',
      'TicketDispatched',
      'Mine.',
      'TicketDispatched',
    ]);
    expect(textOf(stream)).not.toContain(NOTE);
  });
});
