import { describe, it } from '@jest/globals';
import { alice, everybodyBut, people, strangers } from '../testing/actors.js';
import {
  evaluationDueAt,
  forbidden,
  given,
  notFound,
  now,
  refusedIn,
  statesBut,
  ticketThatIs,
} from '../testing/tickets.js';
import type { TicketEvent } from './events.js';

const command = { type: 'evaluate', rating: 2, at: now, by: alice } as const;
const evaluated = (comment: string | null = null): TicketEvent => ({
  type: 'EvaluationSubmitted',
  data: { rating: 2, comment },
});
const confirmedWith = (rating: number | null): TicketEvent[] => [
  ...ticketThatIs.pending_confirmation,
  { type: 'ResolutionConfirmed', data: { rating, comment: null } },
  {
    type: 'TicketClosed',
    data: {
      reason: 'confirmed',
      explanation: null,
      evaluationDueAt: rating === null ? evaluationDueAt : null,
    },
  },
];
const tooLate = { code: 'illegal_transition', state: 'closed', allowed: [] } as const;

describe('evaluate', () => {
  it.each([
    ['closed unconfirmed', ticketThatIs.closed],
    ['confirmed without a rating', confirmedWith(null)],
  ])('lets the requester rate a ticket that was %s', (_, history) => {
    given(history).when(command).then(evaluated());
  });

  it('lets the requester rate a ticket that a lead closed before anybody took it', () => {
    given([
      ...ticketThatIs.pending,
      {
        type: 'TicketClosed',
        data: { reason: 'forced', explanation: 'A duplicate.', evaluationDueAt },
      },
    ])
      .when(command)
      .then(evaluated());
  });

  it('records the comment', () => {
    given(ticketThatIs.closed)
      .when({ ...command, comment: 'Slow.' })
      .then(evaluated('Slow.'));
  });

  it('records the role customer', () => {
    given(ticketThatIs.closed).when(command).thenActingAs('customer');
  });

  it('is possible until the end of the 30 days', () => {
    given(ticketThatIs.closed)
      .when({ ...command, at: evaluationDueAt })
      .then(evaluated());
  });

  it('is refused after the 30 days, with the deadline', () => {
    const late = given(ticketThatIs.closed).when({ ...command, at: '2026-12-24T09:00:00.001Z' });
    late.thenRefused(tooLate);
    late.thenRefusedSaying(/2026-12-24T09:00:00\.000Z/);
  });

  it('is refused the second time', () => {
    given([...ticketThatIs.closed, evaluated()])
      .when(command)
      .thenRefused(tooLate);
  });

  it('is refused if the confirmation brought a rating', () => {
    given(confirmedWith(5)).when(command).thenRefused(tooLate);
  });

  it.each(statesBut('closed'))('is refused while the ticket is %s', (state) => {
    given(ticketThatIs[state]).when(command).thenRefused(refusedIn(state, 'alice'));
  });

  it.each(everybodyBut('alice'))('is forbidden to %s', (name) => {
    given(ticketThatIs.closed)
      .when({ ...command, by: people[name] })
      .thenRefused(forbidden);
  });

  it.each(strangers)('reports that the ticket does not exist to %s', (_, by) => {
    given(ticketThatIs.closed)
      .when({ ...command, by })
      .thenRefused(notFound);
  });
});
