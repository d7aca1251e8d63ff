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

const command = { type: 'resume', at: now, by: bob } as const;

describe('resume', () => {
  it.each(['pending_reply'] as const)('lets the handler resume a ticket that is %s', (state) => {
    given(ticketThatIs[state])
      .when(command)
      .then({ type: 'ProcessingResumed', data: { reason: null } });
  });

  it('records the reason', () => {
    given(ticketThatIs.pending_reply)
      .when({ ...command, reason: 'The logs are here.' })
      .then({ type: 'ProcessingResumed', data: { reason: 'The logs are here.' } });
  });

  it('records the role engineer', () => {
    given(ticketThatIs.pending_reply).when(command).thenActingAs('engineer');
  });

  it.each(statesBut('pending_reply', 'pending', 'canceled'))(
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
    given(ticketThatIs.pending_reply)
      .when({ ...command, by: people[name] })
      .thenRefused(forbidden);
  });

  it.each(strangers)('reports that the ticket does not exist to %s', (_, by) => {
    given(ticketThatIs.pending_reply)
      .when({ ...command, by })
      .thenRefused(notFound);
  });
});
