import { describe, it } from '@jest/globals';
import { engineers, everybodyBut, lena, people, strangers } from '../testing/actors.js';
import {
  allowedIn,
  forbidden,
  given,
  notFound,
  now,
  refusedIn,
  ticketThatIs,
  undispatched,
} from '../testing/tickets.js';

const command = {
  type: 'assign',
  engineerId: 'dave',
  engineer: engineers.dave,
  at: now,
  by: lena,
} as const;

describe('assign', () => {
  it.each([
    ['dispatched', ticketThatIs.pending],
    ['never dispatched', undispatched],
  ])('gives a pending ticket that was %s to any active engineer', (_, history) => {
    given(history)
      .when(command)
      .then({
        type: 'TicketAssigned',
        data: { engineerId: 'dave', how: 'assigned', reason: null },
      });
  });

  it('lets a lead who is an active engineer assign the ticket to herself', () => {
    given(ticketThatIs.pending)
      .when({ ...command, engineerId: 'lena', engineer: engineers.lena })
      .then({
        type: 'TicketAssigned',
        data: { engineerId: 'lena', how: 'assigned', reason: null },
      });
  });

  it.each(['gus', 'nobody'] as const)('is refused if the target is %s', (engineerId) => {
    given(ticketThatIs.pending)
      .when({ ...command, engineerId, engineer: engineers[engineerId] })
      .thenRefused({ code: 'unknown_engineer' });
  });

  it.each(['processing', 'pending_feedback', 'pending_reply', 'pending_confirmation'] as const)(
    'returns the handler while the ticket is %s, even if that is the target',
    (state) => {
      for (const engineerId of ['bob', 'dave'] as const) {
        given(ticketThatIs[state])
          .when({ ...command, engineerId, engineer: engineers[engineerId] })
          .thenRefused({
            code: 'already_handled',
            handler: 'bob',
            state,
            allowed: allowedIn(lena, state),
          });
      }
    },
  );

  it.each(['canceled', 'closed'] as const)('is refused once the ticket is %s', (state) => {
    given(ticketThatIs[state]).when(command).thenRefused(refusedIn(state, 'lena'));
  });

  it.each(everybodyBut('lena'))('is forbidden to %s', (name) => {
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
