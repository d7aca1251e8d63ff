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
} from '../testing/tickets.js';

const command = { type: 'provide-feedback', message: 'Since Monday.', at: now, by: alice } as const;

describe('provide-feedback', () => {
  it.each(['pending_feedback'] as const)(
    'lets the requester answer about a ticket that is %s',
    (state) => {
      given(ticketThatIs[state])
        .when(command)
        .then({ type: 'FeedbackProvided', data: { message: 'Since Monday.' } });
    },
  );

  it('is done as a customer', () => {
    given(ticketThatIs.pending_feedback).when(command).thenActingAs('customer');
  });

  it.each(statesBut('pending_feedback'))('is refused while the ticket is %s', (state) => {
    given(ticketThatIs[state]).when(command).thenRefused(refusedIn(state, 'alice'));
  });

  it.each(everybodyBut('alice'))('is forbidden to %s', (name) => {
    given(ticketThatIs.pending_feedback)
      .when({ ...command, by: people[name] })
      .thenRefused(forbidden);
  });

  it.each(strangers)('tells %s that there is no such ticket', (_, by) => {
    given(ticketThatIs.pending_feedback)
      .when({ ...command, by })
      .thenRefused(notFound);
  });
});
