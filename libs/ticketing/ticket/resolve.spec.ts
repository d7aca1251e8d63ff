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
  type: 'resolve',
  summary: 'Renewed the certificate.',
  confirmationMinutes: 72 * 60,
  at: now,
  by: bob,
} as const;

describe('resolve', () => {
  it.each(['processing', 'pending_reply'] as const)(
    'lets the handler submit the resolution of a ticket that is %s',
    (state) => {
      given(ticketThatIs[state])
        .when(command)
        .then({
          type: 'ResolutionSubmitted',
          data: {
            summary: 'Renewed the certificate.',
            confirmationDueAt: '2026-11-27T12:00:00.000Z',
          },
        });
    },
  );

  it('sets the deadline of the confirmation by the command', () => {
    given(ticketThatIs.processing)
      .when({ ...command, confirmationMinutes: 90 })
      .then({
        type: 'ResolutionSubmitted',
        data: {
          summary: 'Renewed the certificate.',
          confirmationDueAt: '2026-11-24T13:30:00.000Z',
        },
      });
  });

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
