import { beforeEach, describe, expect, it } from '@jest/globals';
import { present } from '#event-store/testing/present.js';
import { engineerEvents } from '#event-store/testing/todays-events.js';
import type { EngineerEvent } from '#ticketing/engineer/events.js';
import { ownersConfigured, registered } from '#ticketing/testing/services.js';
import { created, dispatched, ticketThatIs } from '#ticketing/testing/tickets.js';
import type { TicketEvent } from '#ticketing/ticket/events.js';
import { fieldsOf, project, Story } from './testing/story.js';
import { engineers, type EngineerView } from './engineers.js';

/** These documents do not depend on others. */
const none = () => null;

let story: Story;
beforeEach(() => {
  story = new Story();
});
const all = async () => project(engineers, await story.events());
const view = async (id: string): Promise<EngineerView> => present((await all()).get(id));
const countsOf = async (...ids: string[]) => {
  const views = await all();
  return Object.fromEntries(ids.map((id) => [id, views.get(id)?.counts]));
};

const bob: EngineerEvent = {
  type: 'EngineerRegistered',
  data: engineerEvents.EngineerRegistered,
};
const gone: EngineerEvent = { type: 'EngineerDeactivated', data: { engineerId: 'bob' } };
const forwardedTo = (engineerId: string, from: string | null): TicketEvent => ({
  type: 'TicketForwarded',
  data: { engineerId, became: from === null ? 'owner' : 'handler', from, reason: null },
});

describe('the view of an engineer', () => {
  it('begins with the registration', async () => {
    await story.engineer('bob', bob);
    expect(await view('bob')).toStrictEqual({
      engineerId: 'bob',
      displayName: 'Bob',
      email: 'bob@operator.example',
      active: true,
      services: [],
      counts: {},
      position: '0',
    });
    expect(fieldsOf(engineers, await view('bob'))).toStrictEqual({
      engineerId: 'bob',
      registered: 1,
    });
  });

  it('has the changes', async () => {
    const data = engineerEvents.EngineerChanged;
    await story.engineer('bob', bob, gone, { type: 'EngineerChanged', data });
    expect(await view('bob')).toMatchObject({ displayName: 'Robert', active: true });
  });

  it('is inactive and still there after the deactivation', async () => {
    await story.engineer('bob', bob, gone);
    expect(await view('bob')).toMatchObject({ displayName: 'Bob', active: false });
  });

  it('exists for an engineer who was never registered, without a name', async () => {
    await story.ticket('1', created, dispatched);
    expect(await view('carol')).toMatchObject({ displayName: null, email: null, active: false });
    expect(fieldsOf(engineers, await view('carol'))['registered']).toBe(0);
    // A later registration keeps the counts.
    await story.engineer('bob', bob);
    expect(await view('bob')).toMatchObject({ displayName: 'Bob', counts: { pending: 1 } });
  });

  it('names the services that they own, sorted', async () => {
    await story.service('vpn', registered, ownersConfigured(['bob', 'carol'], []));
    const mail = { serviceId: 'mail', owners: ['bob'], previousOwners: [] };
    await story.service('mail', { type: 'ServiceOwnersConfigured', data: mail });
    expect((await view('bob')).services).toStrictEqual(['mail', 'vpn']);
    await story.service('vpn', ownersConfigured(['carol'], ['bob', 'carol']));
    expect((await view('bob')).services).toStrictEqual(['mail']);
    expect((await view('carol')).services).toStrictEqual(['vpn']);
  });
});

describe('the tickets of an engineer', () => {
  it.each<[keyof typeof ticketThatIs, Record<string, unknown>]>([
    ['pending', { bob: { pending: 1 }, carol: { pending: 1 } }],
    ['processing', { bob: { pending: 0, processing: 1 }, carol: { pending: 0 } }],
    [
      'pending_feedback',
      { bob: { pending: 0, processing: 0, pending_feedback: 1 }, carol: { pending: 0 } },
    ],
    ['canceled', { bob: { pending: 0, canceled: 1 }, carol: { pending: 0, canceled: 1 } }],
    [
      'closed',
      {
        bob: { pending: 0, processing: 0, pending_confirmation: 0, closed: 1 },
        carol: { pending: 0 },
      },
    ],
  ])('that are %s count for their owners or their handler', async (state, counts) => {
    await story.ticket('1', ...ticketThatIs[state]);
    expect(await countsOf('bob', 'carol')).toStrictEqual(counts);
  });

  it('count for no engineer before they are dispatched', async () => {
    await story.ticket('1', created);
    expect(await all()).toStrictEqual(new Map());
  });

  it('add up', async () => {
    for (const id of ['1', '2', '3']) await story.ticket(id, ...ticketThatIs.pending);
    await story.ticket('4', ...ticketThatIs.processing);
    expect(await countsOf('bob', 'carol')).toStrictEqual({
      bob: { pending: 3, processing: 1 },
      carol: { pending: 3 },
    });
  });

  it('move with a forward, from the owners or from the handler', async () => {
    await story.ticket('1', ...ticketThatIs.pending, forwardedTo('dave', null));
    expect(await countsOf('bob', 'carol', 'dave')).toStrictEqual({
      bob: { pending: 0 },
      carol: { pending: 0 },
      dave: { pending: 1 },
    });
    await story.ticket('2', ...ticketThatIs.processing, forwardedTo('dave', 'bob'));
    expect(await countsOf('bob', 'dave')).toStrictEqual({
      bob: { pending: 0, processing: 0 },
      dave: { pending: 1, processing: 1 },
    });
  });

  it('do not change with events that leave state, handler and owners as they were', async () => {
    await story.ticket('1', ...ticketThatIs.processing);
    const before = await all();
    await story.ticket(
      '1',
      { type: 'InternalNoteAdded', data: { text: 'A note.' } },
      { type: 'CustomerMessageAdded', data: { message: 'A message.' } },
      { type: 'TicketSeveritySet', data: { severity: 'high' } },
    );
    expect(await all()).toStrictEqual(before);
  });

  it('are not counted twice when events are read again', async () => {
    await story.engineer('bob', bob);
    await story.service('vpn', registered, ownersConfigured(['bob', 'carol'], []));
    await story.ticket('1', ...ticketThatIs.closed);
    const once = await all();
    expect(project(engineers, await story.events(), once)).toStrictEqual(once);
    for (const event of await story.events()) {
      for (const id of engineers.touches(event)) {
        expect(engineers.project(present(once.get(id)), event, id, none)).toBe(once.get(id));
      }
    }
  });
});
