import { describe, it } from '@jest/globals';
import { alice, everybodyBut, people, strangers } from '../testing/actors.js';
import {
  confirmationDueAt,
  forbidden,
  given,
  notFound,
  now,
  refusedIn,
  statesBut,
  ticketThatIs,
} from '../testing/tickets.js';

const command = { type: 'confirm', at: now, by: alice } as const;
const history = ticketThatIs.pending_confirmation;
const in30Days = '2026-12-24T12:00:00.000Z';

describe('confirm', () => {
  it('closes the ticket, and without a rating allows an evaluation for 30 days', () => {
    given(history)
      .when(command)
      .then(
        { type: 'ResolutionConfirmed', data: { rating: null, comment: null } },
        {
          type: 'TicketClosed',
          data: { reason: 'confirmed', explanation: null, evaluationDueAt: in30Days },
        },
      );
  });

  it('records the rating and the comment, and then allows no evaluation', () => {
    given(history)
      .when({ ...command, rating: 5, comment: 'Fast.' })
      .then(
        { type: 'ResolutionConfirmed', data: { rating: 5, comment: 'Fast.' } },
        {
          type: 'TicketClosed',
          data: { reason: 'confirmed', explanation: null, evaluationDueAt: null },
        },
      );
  });

  it('records a comment without a rating, and still allows an evaluation', () => {
    given(history)
      .when({ ...command, comment: 'Fast.' })
      .then(
        { type: 'ResolutionConfirmed', data: { rating: null, comment: 'Fast.' } },
        {
          type: 'TicketClosed',
          data: { reason: 'confirmed', explanation: null, evaluationDueAt: in30Days },
        },
      );
  });

  it('is possible after the deadline until the ticket is closed', () => {
    given(history)
      .when({ ...command, at: confirmationDueAt, rating: 4 })
      .then(
        { type: 'ResolutionConfirmed', data: { rating: 4, comment: null } },
        {
          type: 'TicketClosed',
          data: { reason: 'confirmed', explanation: null, evaluationDueAt: null },
        },
      );
  });

  it('records the role customer', () => {
    given(history).when(command).thenActingAs('customer');
  });

  it.each(statesBut('pending_confirmation'))('is refused while the ticket is %s', (state) => {
    given(ticketThatIs[state]).when(command).thenRefused(refusedIn(state, 'alice'));
  });

  it.each(everybodyBut('alice'))('is forbidden to %s', (name) => {
    given(history)
      .when({ ...command, by: people[name] })
      .thenRefused(forbidden);
  });

  it.each(strangers)('reports that the ticket does not exist to %s', (_, by) => {
    given(history)
      .when({ ...command, by })
      .thenRefused(notFound);
  });
});
