import { describe, it } from '@jest/globals';
import type { Actor } from '../decision.js';
import { bob, everybodyBut, lena, people, strangers } from '../testing/actors.js';
import {
  allowedIn,
  confirmationDueAt,
  forbidden,
  given,
  invalid,
  notFound,
  now,
  refusedIn,
  statesBut,
  ticketThatIs,
} from '../testing/tickets.js';
import type { TicketEvent } from './events.js';

const command = { type: 'close', at: now } as const;
const overdue = { ...command, at: confirmationDueAt };
const justBeforeDue = '2026-11-27T08:59:59.999Z';
const closed = (
  reason: 'unconfirmed' | 'forced',
  explanation: string | null,
  evaluationDueAt: string,
): TicketEvent => ({ type: 'TicketClosed', data: { reason, explanation, evaluationDueAt } });
const in30Days = '2026-12-24T12:00:00.000Z';
const thirtyDaysAfterDue = '2026-12-27T09:00:00.000Z';

/** A lead is the handler of a ticket in pending_confirmation. */
const handledByLena: TicketEvent[] = [
  ...ticketThatIs.processing,
  {
    type: 'TicketForwarded',
    data: { engineerId: 'lena', became: 'handler', from: 'bob', reason: null },
  },
  { type: 'ResolutionSubmitted', data: { summary: 'Done.', confirmationDueAt } },
];

describe('close by the handler', () => {
  it('is possible once the confirmation is overdue', () => {
    given(ticketThatIs.pending_confirmation)
      .when({ ...overdue, by: bob })
      .then(closed('unconfirmed', null, thirtyDaysAfterDue));
  });

  it('records the reason, if any', () => {
    given(ticketThatIs.pending_confirmation)
      .when({ ...overdue, by: bob, reason: 'No answer.' })
      .then(closed('unconfirmed', 'No answer.', thirtyDaysAfterDue));
  });

  it('is refused before the deadline, with its time', () => {
    const early = given(ticketThatIs.pending_confirmation).when({
      ...command,
      by: bob,
      at: justBeforeDue,
      reason: 'No answer.',
    });
    early.thenRefused(refusedIn('pending_confirmation', 'bob'));
    early.thenRefusedSaying(/2026-11-27T09:00:00\.000Z/);
  });

  it('uses the deadline of the last resolution', () => {
    given([
      ...ticketThatIs.pending_confirmation,
      { type: 'ResolutionRejected', data: { reason: 'It still drops.' } },
      {
        type: 'ResolutionSubmitted',
        data: { summary: 'Now.', confirmationDueAt: '2026-12-01T00:00:00.000Z' },
      },
    ])
      .when({ ...overdue, by: bob })
      .thenRefused(refusedIn('pending_confirmation', 'bob'));
  });

  it.each(['processing', 'pending_feedback', 'pending_reply', 'closed'] as const)(
    'is refused while the ticket is %s',
    (state) => {
      given(ticketThatIs[state])
        .when({ ...command, by: bob, reason: 'Old.' })
        .thenRefused(refusedIn(state, 'bob'));
    },
  );

  it.each(['pending', 'canceled'] as const)(
    'is forbidden to an owner of a ticket that is %s without a handler',
    (state) => {
      given(ticketThatIs[state])
        .when({ ...command, by: bob, reason: 'Old.' })
        .thenRefused(forbidden);
    },
  );
});

describe('close by a lead', () => {
  it.each(statesBut('canceled', 'closed'))('is possible with a reason while it is %s', (state) => {
    given(ticketThatIs[state])
      .when({ ...command, by: lena, reason: 'A duplicate.' })
      .then(closed('forced', 'A duplicate.', in30Days));
  });

  it.each(statesBut('canceled', 'closed'))('needs a reason while it is %s', (state) => {
    given(ticketThatIs[state])
      .when({ ...command, by: lena })
      .thenRefused(invalid('/reason'));
  });

  it('needs a reason even if the confirmation is overdue', () => {
    given(ticketThatIs.pending_confirmation)
      .when({ ...overdue, by: lena })
      .thenRefused(invalid('/reason'));
  });

  it('needs no reason from a lead who is the handler once the confirmation is overdue', () => {
    given(handledByLena)
      .when({ ...overdue, by: lena })
      .then(closed('unconfirmed', null, thirtyDaysAfterDue));
  });

  it('needs a reason from a lead who is the handler before that', () => {
    given(handledByLena)
      .when({ ...command, by: lena })
      .thenRefused(invalid('/reason'));
  });

  it.each(['canceled', 'closed'] as const)('is refused once the ticket is %s', (state) => {
    for (const reason of ['A duplicate.', undefined]) {
      given(ticketThatIs[state])
        .when({ ...command, by: lena, reason })
        .thenRefused(refusedIn(state, 'lena'));
    }
  });
});

describe('close', () => {
  it('records the role engineer or lead', () => {
    const waiting = given(ticketThatIs.pending_confirmation);
    waiting.when({ ...overdue, by: bob }).thenActingAs('engineer');
    waiting.when({ ...overdue, by: lena, reason: 'A duplicate.' }).thenActingAs('lead');
  });

  it.each(everybodyBut('bob', 'lena'))('is forbidden to %s', (name) => {
    given(ticketThatIs.pending_confirmation)
      .when({ ...overdue, by: people[name], reason: 'Old.' })
      .thenRefused(forbidden);
  });

  it.each(strangers)('reports that the ticket does not exist to %s', (_, by) => {
    given(ticketThatIs.pending_confirmation)
      .when({ ...overdue, by })
      .thenRefused(notFound);
  });

  it('is allowed to the handler once the confirmation is overdue', () => {
    const asked = (by: Actor) => ({ type: 'resume', at: confirmationDueAt, by }) as const;
    given(ticketThatIs.pending_confirmation)
      .when(asked(bob))
      .thenRefused({
        code: 'illegal_transition',
        state: 'pending_confirmation',
        allowed: allowedIn(bob, 'pending_confirmation').toSpliced(2, 0, 'close'),
      });
  });
});
