import { describe, it } from '@jest/globals';
import { everybodyBut, people, strangers, system } from '../testing/actors.js';
import {
  forbidden,
  given,
  notFound,
  now,
  refusedIn,
  ticketThatIs,
  undispatched,
  vpn,
} from '../testing/tickets.js';
import { noService } from '../service/state.js';
import type { TicketEvent } from './events.js';

const command = {
  type: 'dispatch',
  service: vpn,
  serviceRevision: 7,
  at: now,
  by: system,
} as const;

const takenUndispatched: TicketEvent[] = [
  ...undispatched,
  { type: 'TicketAssigned', data: { engineerId: 'bob', how: 'assigned', reason: null } },
];

describe('dispatch', () => {
  it("dispatches a ticket without owners to the service's owners, and records the service's revision", () => {
    given(undispatched)
      .when(command)
      .then({
        type: 'TicketDispatched',
        data: { owners: ['bob', 'carol'], serviceId: 'vpn', serviceRevision: 7 },
      });
  });

  it('records the role system', () => {
    given(undispatched).when(command).thenActingAs('system');
  });

  it('does nothing if the ticket was dispatched before, even to other owners', () => {
    given(ticketThatIs.pending)
      .when({ ...command, service: { ...vpn, owners: ['dave'] } })
      .thenNothing();
  });

  it('does nothing if the ticket was forwarded to an owner before', () => {
    given([
      ...undispatched,
      {
        type: 'TicketForwarded',
        data: { engineerId: 'dave', became: 'owner', from: null, reason: null },
      },
    ])
      .when(command)
      .thenNothing();
  });

  it.each([
    ['has no owners', { ...vpn, owners: [] }],
    ['does not exist', noService],
  ])('is refused if the service %s', (_, service) => {
    given(undispatched)
      .when({ ...command, service })
      .thenRefused({ code: 'illegal_transition', state: 'pending', allowed: [] });
  });

  it('dispatches an existing ticket of an inactive service', () => {
    given(undispatched)
      .when({ ...command, service: { ...vpn, state: 'inactive' } })
      .then({
        type: 'TicketDispatched',
        data: { owners: ['bob', 'carol'], serviceId: 'vpn', serviceRevision: 7 },
      });
  });

  it('is refused if a lead assigned the ticket before it was ever dispatched', () => {
    given(takenUndispatched).when(command).thenRefused(refusedIn('processing', 'system'));
  });

  it('is refused if the ticket was canceled before it was ever dispatched', () => {
    given([...undispatched, { type: 'TicketCanceled', data: { reason: null } }])
      .when(command)
      .thenRefused(refusedIn('canceled', 'system'));
  });

  it.each(everybodyBut('system'))('is forbidden to %s', (name) => {
    given(undispatched)
      .when({ ...command, by: people[name] })
      .thenRefused(forbidden);
  });

  it.each(strangers)('reports that the ticket does not exist to %s', (_, by) => {
    given(undispatched)
      .when({ ...command, by })
      .thenRefused(notFound);
  });
});
