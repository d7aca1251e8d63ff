import { beforeAll, describe, expect, it } from '@jest/globals';
import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import { engineerEvents, serviceEvents, ticketEvents } from '#event-store/testing/todays-events.js';
import { Story } from '#projections/testing/story.js';
import type { Actor, Role } from '#ticketing/decision.js';
import type { Requester } from '#ticketing/ticket/state.js';
import { visibilityTo } from './event-visibility.js';

/** Events of a ticket of alice's, a service and an engineer. */
let events: readonly DecodedEvent[];
beforeAll(async () => {
  const story = new Story();
  for (const type of Object.keys(serviceEvents) as (keyof typeof serviceEvents)[]) {
    await story.service('vpn', { type, data: serviceEvents[type] } as never);
  }
  for (const type of Object.keys(engineerEvents) as (keyof typeof engineerEvents)[]) {
    await story.engineer('bob', { type, data: engineerEvents[type] } as never);
  }
  const { requester: _, ...created } = ticketEvents.TicketCreated;
  const alice = { id: 'alice', tenant: 'acme' };
  await story.ticket('t', { type: 'TicketCreated', data: { ...created, requester: alice } });
  await story.ticket('t', { type: 'InternalNoteAdded', data: ticketEvents.InternalNoteAdded });
  await story.ticket('t', { type: 'TicketDispatched', data: ticketEvents.TicketDispatched });
  events = await story.events();
});

const actor = (id: string, tenant: string | null, ...roles: Role[]): Actor => ({
  id,
  tenant,
  roles,
});
const requesterOf = (): Promise<Requester> => Promise.resolve({ id: 'alice', tenant: 'acme' });
const refuseLookUp = (): Promise<Requester> =>
  Promise.reject(new Error('The requester must not be looked up.'));

/** The visibility of each event, by type. */
async function shown(by: Actor, lookUp = requesterOf): Promise<Record<string, string>> {
  const each = events.map(
    async (event) => [event.type, await visibilityTo(by, event, lookUp)] as const,
  );
  return Object.fromEntries(await Promise.all(each));
}

const services = (owners: string) => ({
  ServiceRegistered: 'everything',
  ServiceChanged: 'everything',
  ServiceDeactivated: 'everything',
  ServiceOwnersConfigured: owners,
});
const engineers = (how: string) => ({
  EngineerRegistered: how,
  EngineerChanged: how,
  EngineerDeactivated: how,
});
const ticket = (how: string, note = how) => ({
  TicketCreated: how,
  InternalNoteAdded: note,
  TicketDispatched: how,
});
const desk = { ...services('everything'), ...engineers('everything') };
const outside = { ...services('nothing'), ...engineers('nothing') };

describe('live updates', () => {
  it.each(['engineer', 'lead', 'auditor'] as const)(
    'show the role %s everything, without a look-up of the requester',
    async (role) => {
      const all = { ...desk, ...ticket('everything') };
      expect(await shown(actor('x', null, role), refuseLookUp)).toEqual(all);
    },
  );

  it('show a reporter the facts of tickets, without text', async () => {
    const all = { ...desk, ...ticket('without data') };
    expect(await shown(actor('rita', null, 'reporter'), refuseLookUp)).toEqual(all);
  });

  it('show an administrator no ticket, not even one raised with their id', async () => {
    const all = { ...desk, ...ticket('nothing') };
    expect(await shown(actor('alice', 'acme', 'admin'), refuseLookUp)).toEqual(all);
  });

  it('show a customer their own ticket without notes, and services without owners', async () => {
    const all = { ...outside, ...ticket('everything', 'nothing') };
    expect(await shown(actor('alice', 'acme', 'customer'))).toEqual(all);
  });

  it('show another customer of the tenant nothing of the ticket', async () => {
    const all = { ...outside, ...ticket('nothing') };
    expect(await shown(actor('mallory', 'acme', 'customer'))).toEqual(all);
  });

  it.each(['globex', null])(
    'show a customer with the same id and the tenant %s nothing, without a look-up',
    async (tenant) => {
      const all = { ...outside, ...ticket('nothing') };
      expect(await shown(actor('alice', tenant, 'customer'), refuseLookUp)).toEqual(all);
    },
  );

  it('show a customer who is also a reporter the text of their own ticket, but of no note', async () => {
    const own = { ...desk, ...ticket('everything', 'without data') };
    expect(await shown(actor('alice', 'acme', 'customer', 'reporter'))).toEqual(own);
    const others = { ...desk, ...ticket('without data') };
    expect(await shown(actor('mallory', 'acme', 'customer', 'reporter'))).toEqual(others);
  });

  it('show a customer who is also an administrator the owners of services', async () => {
    const all = { ...desk, ...ticket('everything', 'nothing') };
    expect(await shown(actor('alice', 'acme', 'customer', 'admin'))).toEqual(all);
  });
});
