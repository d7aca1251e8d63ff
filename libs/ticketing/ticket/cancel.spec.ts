import { describe, it } from '@jest/globals';
import { alice, everybodyBut, people, strangers } from '../testing/actors.js';
import {
  forbidden,
  given,
  notFound,
  now,
  refusedIn,
  statesBut,
  ticketThatIs,
  undispatched,
} from '../testing/tickets.js';

const command = { type: 'cancel', at: now, by: alice } as const;

describe('cancel', () => {
  it.each(['pending'] as const)('lets the requester cancel a ticket that is %s', (state) => {
    given(ticketThatIs[state])
      .when(command)
      .then({ type: 'TicketCanceled', data: { reason: null } });
  });

  it('records the reason', () => {
    given(ticketThatIs.pending)
      .when({ ...command, reason: 'It was our router.' })
      .then({ type: 'TicketCanceled', data: { reason: 'It was our router.' } });
  });

  it('lets the requester cancel a ticket that was never dispatched', () => {
    given(undispatched)
      .when(command)
      .then({ type: 'TicketCanceled', data: { reason: null } });
  });

  it('records the role customer', () => {
    given(ticketThatIs.pending).when(command).thenActingAs('customer');
  });

  it.each(statesBut('pending'))('is refused while the ticket is %s', (state) => {
    given(ticketThatIs[state]).when(command).thenRefused(refusedIn(state, 'alice'));
  });

  it.each(everybodyBut('alice'))('is forbidden to %s', (name) => {
    given(ticketThatIs.pending)
      .when({ ...command, by: people[name] })
      .thenRefused(forbidden);
  });

  it.each(strangers)('reports that the ticket does not exist to %s', (_, by) => {
    given(ticketThatIs.pending)
      .when({ ...command, by })
      .thenRefused(notFound);
  });
});
