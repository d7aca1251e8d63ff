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

const command = { type: 'request-feedback', message: 'Since when?', at: now, by: bob } as const;

describe('request-feedback', () => {
  it.each(['processing', 'pending_reply'] as const)(
    'lets the handler ask while the ticket is %s',
    (state) => {
      given(ticketThatIs[state])
        .when(command)
        .then({ type: 'FeedbackRequested', data: { message: 'Since when?' } });
    },
  );

  it('records the role engineer', () => {
    given(ticketThatIs.processing).when(command).thenActingAs('engineer');
  });

  it.each(statesBut('processing', 'pending_reply', 'pending', 'canceled'))(
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
    given(ticketThatIs.processing)
      .when({ ...command, by: people[name] })
      .thenRefused(forbidden);
  });

  it.each(strangers)('reports that the ticket does not exist to %s', (_, by) => {
    given(ticketThatIs.processing)
      .when({ ...command, by })
      .thenRefused(notFound);
  });
});
