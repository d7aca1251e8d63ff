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
  it.each(['pending_reply'] as const)(
    'lets the handler go on with a ticket that is %s',
    (state) => {
      given(ticketThatIs[state])
        .when(command)
        .then({ type: 'ProcessingResumed', data: { reason: null } });
    },
  );

  it('keeps the reason', () => {
    given(ticketThatIs.pending_reply)
      .when({ ...command, reason: 'The logs are here.' })
      .then({ type: 'ProcessingResumed', data: { reason: 'The logs are here.' } });
  });

  it('is done as an engineer', () => {
    given(ticketThatIs.pending_reply).when(command).thenActingAs('engineer');
  });

  it.each(statesBut('pending_reply', 'pending', 'canceled'))(
    'is refused while the ticket is %s',
    (state) => {
      given(ticketThatIs[state]).when(command).thenRefused(refusedIn(state, 'bob'));
    },
  );

  it.each(['pending', 'canceled'] as const)(
    'is forbidden to an owner of a ticket that is %s, which nobody has taken',
    (state) => {
      given(ticketThatIs[state]).when(command).thenRefused(forbidden);
    },
  );

  it.each(everybodyBut('bob'))('is forbidden to %s', (name) => {
    given(ticketThatIs.pending_reply)
      .when({ ...command, by: people[name] })
      .thenRefused(forbidden);
  });

  it.each(strangers)('tells %s that there is no such ticket', (_, by) => {
    given(ticketThatIs.pending_reply)
      .when({ ...command, by })
      .thenRefused(notFound);
  });
});
