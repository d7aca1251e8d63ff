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

const command = { type: 'messages', message: 'It got worse.', at: now, by: alice } as const;

describe('messages', () => {
  it.each(['pending', 'processing', 'pending_reply'] as const)(
    'lets the requester add a message while the ticket is %s',
    (state) => {
      given(ticketThatIs[state])
        .when(command)
        .then({ type: 'CustomerMessageAdded', data: { message: 'It got worse.' } });
    },
  );

  it('records the role customer', () => {
    given(ticketThatIs.pending).when(command).thenActingAs('customer');
  });

  it.each(statesBut('pending', 'processing', 'pending_reply'))(
    'is refused while the ticket is %s',
    (state) => {
      given(ticketThatIs[state]).when(command).thenRefused(refusedIn(state, 'alice'));
    },
  );

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
