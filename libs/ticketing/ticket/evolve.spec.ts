import { describe, expect, it } from '@jest/globals';
import {
  confirmationDueAt,
  created,
  dispatched,
  evaluationDueAt,
  stateAfter,
  ticketId,
  ticketThatIs,
} from '../testing/tickets.js';
import type { TicketEvent } from './events.js';
import { facetsOf, noTicket, ticketStates } from './state.js';

const facts = {
  ticketId,
  requester: { id: 'alice', tenant: 'acme' },
  serviceId: 'vpn',
  issueType: null,
  severity: null,
  owners: ['bob', 'carol'],
  dispatched: true,
  // See limits.spec.ts.
  size: expect.any(Object),
};

describe('the state of a ticket', () => {
  it('is none before its first event', () => {
    expect(stateAfter()).toStrictEqual({ state: 'none' });
  });

  it('is pending without owners if it was created and not dispatched', () => {
    expect(stateAfter(created)).toStrictEqual({
      ...facts,
      state: 'pending',
      owners: [],
      dispatched: false,
    });
  });

  it.each([
    ['pending', {}],
    ['processing', { handler: 'bob' }],
    ['pending_feedback', { handler: 'bob' }],
    ['pending_reply', { handler: 'bob' }],
    ['pending_confirmation', { handler: 'bob', confirmationDueAt }],
    ['canceled', {}],
    ['closed', { handler: 'bob', evaluationDueAt }],
  ] as const)(
    '%s follows from its history, without leftovers of the former state',
    (state, own) => {
      expect(stateAfter(...ticketThatIs[state])).toStrictEqual({ ...facts, state, ...own });
    },
  );

  it('keeps the issue type of its creation', () => {
    if (created.type !== 'TicketCreated') throw new Error('The fixture changed.');
    const typed: TicketEvent = { ...created, data: { ...created.data, issueType: 'tunnel' } };
    expect(stateAfter(typed)).toMatchObject({ issueType: 'tunnel' });
  });

  it.each<[string, TicketEvent, object]>([
    [
      'a resumption',
      { type: 'ProcessingResumed', data: { reason: null } },
      { state: 'processing' },
    ],
    [
      'a withdrawn resolution',
      { type: 'ResolutionWithdrawn', data: { reason: 'No.' } },
      { state: 'processing' },
    ],
    [
      'a rejected resolution',
      { type: 'ResolutionRejected', data: { reason: 'No.' } },
      { state: 'pending_reply' },
    ],
  ])('goes back and drops the deadline of the confirmation after %s', (_, event, expected) => {
    const state = stateAfter(...ticketThatIs.pending_confirmation, event);
    expect(state).toStrictEqual({ ...facts, ...expected, handler: 'bob' });
  });

  it.each(ticketStates)(
    'does not change by a message, a note or a confirmation while %s',
    (state) => {
      const said: TicketEvent[] = [
        { type: 'CustomerMessageAdded', data: { message: 'Hello?' } },
        { type: 'InternalNoteAdded', data: { text: 'They wait.' } },
        { type: 'ResolutionConfirmed', data: { rating: 5, comment: null } },
      ];
      expect(stateAfter(...ticketThatIs[state], ...said)).toStrictEqual({
        ...stateAfter(...ticketThatIs[state]),
        size: facts.size,
      });
    },
  );

  it.each(ticketStates)('keeps the severity that was set while %s', (state) => {
    const before = stateAfter(...ticketThatIs[state]);
    const set: TicketEvent = { type: 'TicketSeveritySet', data: { severity: 'critical' } };
    expect(stateAfter(...ticketThatIs[state], set)).toStrictEqual({
      ...before,
      size: facts.size,
      severity: 'critical',
    });
  });

  it('keeps severity and owners through every other event', () => {
    const set: TicketEvent = { type: 'TicketSeveritySet', data: { severity: 'low' } };
    for (const state of ticketStates) {
      const [first, second, ...rest] = ticketThatIs[state];
      if (first === undefined || second === undefined) throw new Error('The fixture changed.');
      expect(stateAfter(first, second, set, ...rest)).toMatchObject({
        state,
        severity: 'low',
        owners: ['bob', 'carol'],
      });
    }
  });
});

describe('a forward', () => {
  const forwarded = (became: 'owner' | 'handler'): TicketEvent => ({
    type: 'TicketForwarded',
    data: { engineerId: 'dave', became, from: null, reason: null },
  });

  it('makes the target the only owner while nobody has taken the ticket', () => {
    expect(stateAfter(created, dispatched, forwarded('owner'))).toStrictEqual({
      ...facts,
      state: 'pending',
      owners: ['dave'],
    });
  });

  it('counts as having been dispatched', () => {
    expect(stateAfter(created, forwarded('owner'))).toMatchObject({ dispatched: true });
  });

  it.each(['processing', 'pending_feedback', 'pending_reply'] as const)(
    'makes the target the handler and keeps the owners while the ticket is %s',
    (state) => {
      expect(stateAfter(...ticketThatIs[state], forwarded('handler'))).toStrictEqual({
        ...facts,
        state,
        handler: 'dave',
      });
    },
  );
});

describe('an evaluation', () => {
  it('ends the time to evaluate', () => {
    const evaluated: TicketEvent = {
      type: 'EvaluationSubmitted',
      data: { rating: 5, comment: null },
    };
    expect(stateAfter(...ticketThatIs.closed, evaluated)).toStrictEqual({
      ...facts,
      state: 'closed',
      handler: 'bob',
      evaluationDueAt: null,
    });
  });
});

describe('a closing by a lead', () => {
  it('leaves a ticket without a handler if it had none', () => {
    const closed: TicketEvent = {
      type: 'TicketClosed',
      data: { reason: 'forced', explanation: 'A duplicate.', evaluationDueAt },
    };
    expect(stateAfter(created, dispatched, closed)).toStrictEqual({
      ...facts,
      state: 'closed',
      handler: null,
      evaluationDueAt,
    });
  });
});

describe('an impossible log', () => {
  it('is detected by a first event other than the creation', () => {
    expect(() => stateAfter(dispatched)).toThrow(/TicketCreated, not TicketDispatched/);
  });

  it.each<TicketEvent>([
    { type: 'FeedbackRequested', data: { message: 'Since when?' } },
    { type: 'ProcessingResumed', data: { reason: null } },
    { type: 'ResolutionSubmitted', data: { summary: 'Done.', confirmationDueAt } },
  ])('is detected by $type on a ticket without a handler', (event) => {
    expect(() => stateAfter(created, dispatched, event)).toThrow(/has no handler/);
  });

  it('is detected by an event of an unknown type', () => {
    const unknown = { type: 'TicketPainted', data: {} } as unknown as TicketEvent;
    expect(() => stateAfter(created, unknown)).toThrow('Unexpected value of type object.');
  });
});

describe('the facets of a ticket', () => {
  it('are null before it exists', () => {
    expect(facetsOf(noTicket)).toBeNull();
  });

  it.each(ticketStates)('have the fields to count by while it is %s', (state) => {
    const taken = !['pending', 'canceled'].includes(state);
    expect(facetsOf(stateAfter(...ticketThatIs[state]))).toStrictEqual({
      state,
      service: 'vpn',
      tenant: 'acme',
      severity: null,
      handler: taken ? 'bob' : null,
      owners: ['bob', 'carol'],
    });
  });
});
