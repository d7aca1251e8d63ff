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
  it('closes the ticket; who gave no rating may still evaluate for 30 days', () => {
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

  it('takes the rating and the comment, and asks for no evaluation then', () => {
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

  it('takes a comment without a rating, which leaves the rating to be given', () => {
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

  it('is possible after it was due, as long as nobody has closed the ticket', () => {
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

  it('is done as a customer', () => {
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

  it.each(strangers)('tells %s that there is no such ticket', (_, by) => {
    given(history)
      .when({ ...command, by })
      .thenRefused(notFound);
  });
});
