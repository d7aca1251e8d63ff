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

const command = {
  type: 'reject-resolution',
  reason: 'It still drops.',
  at: now,
  by: alice,
} as const;

describe('reject-resolution', () => {
  it.each(['pending_confirmation'] as const)(
    'lets the requester reject the resolution of a ticket that is %s',
    (state) => {
      given(ticketThatIs[state])
        .when(command)
        .then({ type: 'ResolutionRejected', data: { reason: 'It still drops.' } });
    },
  );

  it('records the role customer', () => {
    given(ticketThatIs.pending_confirmation).when(command).thenActingAs('customer');
  });

  it.each(statesBut('pending_confirmation'))('is refused while the ticket is %s', (state) => {
    given(ticketThatIs[state]).when(command).thenRefused(refusedIn(state, 'alice'));
  });

  it.each(everybodyBut('alice'))('is forbidden to %s', (name) => {
    given(ticketThatIs.pending_confirmation)
      .when({ ...command, by: people[name] })
      .thenRefused(forbidden);
  });

  it.each(strangers)('reports that the ticket does not exist to %s', (_, by) => {
    given(ticketThatIs.pending_confirmation)
      .when({ ...command, by })
      .thenRefused(notFound);
  });
});
