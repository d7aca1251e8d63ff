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
    'lets the requester answer while the ticket is %s',
    (state) => {
      given(ticketThatIs[state])
        .when(command)
        .then({ type: 'FeedbackProvided', data: { message: 'Since Monday.' } });
    },
  );

  it('records the role customer', () => {
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

  it.each(strangers)('reports that the ticket does not exist to %s', (_, by) => {
    given(ticketThatIs.pending_feedback)
      .when({ ...command, by })
      .thenRefused(notFound);
  });
});
