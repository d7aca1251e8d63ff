import { describe, it } from '@jest/globals';
import { bob, everybodyBut, people, strangers } from '../testing/actors.js';
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
  type: 'withdraw-resolution',
  reason: 'It dropped again.',
  at: now,
  by: bob,
} as const;

describe('withdraw-resolution', () => {
  it.each(['pending_confirmation'] as const)(
    'lets the handler withdraw the resolution of a ticket that is %s',
    (state) => {
      given(ticketThatIs[state])
        .when(command)
        .then({ type: 'ResolutionWithdrawn', data: { reason: 'It dropped again.' } });
    },
  );

  it('records the role engineer', () => {
    given(ticketThatIs.pending_confirmation).when(command).thenActingAs('engineer');
  });

  it.each(statesBut('pending_confirmation', 'pending', 'canceled'))(
    'is refused while the ticket is %s',
    (state) => {
      given(ticketThatIs[state]).when(command).thenRefused(refusedIn(state, 'bob'));
    },
  );

  it.each(['pending', 'canceled'] as const)(
    'is forbidden to an owner of a ticket that is %s without a handler',
    (state) => {
      given(ticketThatIs[state]).when(command).thenRefused(forbidden);
    },
  );

  it.each(everybodyBut('bob'))('is forbidden to %s', (name) => {
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
