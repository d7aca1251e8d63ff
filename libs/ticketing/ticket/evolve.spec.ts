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
};

describe('the state of a ticket', () => {
  it('is none before its first event', () => {
    expect(stateAfter()).toStrictEqual({ state: 'none' });
  });

  it('is pending and without owners when it was created and not dispatched', () => {
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
    '%s is what its history leads to, and nothing is left of the state before',
    (state, own) => {
      expect(stateAfter(...ticketThatIs[state])).toStrictEqual({ ...facts, state, ...own });
    },
  );

  it('has the issue type of its creation', () => {
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
  ])('goes back and forgets when the confirmation was due, after %s', (_, event, expected) => {
    const state = stateAfter(...ticketThatIs.pending_confirmation, event);
    expect(state).toStrictEqual({ ...facts, ...expected, handler: 'bob' });
  });

  it.each(ticketStates)(
    'is as it was after a message, a note and a confirmation while %s',
    (state) => {
      const said: TicketEvent[] = [
        { type: 'CustomerMessageAdded', data: { message: 'Hello?' } },
        { type: 'InternalNoteAdded', data: { text: 'They wait.' } },
        { type: 'ResolutionConfirmed', data: { rating: 5, comment: null } },
      ];
      expect(stateAfter(...ticketThatIs[state], ...said)).toStrictEqual(
        stateAfter(...ticketThatIs[state]),
      );
    },
  );

  it.each(ticketStates)('keeps the severity that was set while %s', (state) => {
    const before = stateAfter(...ticketThatIs[state]);
    const set: TicketEvent = { type: 'TicketSeveritySet', data: { severity: 'critical' } };
    expect(stateAfter(...ticketThatIs[state], set)).toStrictEqual({
      ...before,
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
    'makes the target the handler and leaves the owners while the ticket is %s',
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
  it('leaves nothing to be evaluated', () => {
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
  it('leaves no handler where nobody had taken the ticket', () => {
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

describe('a log that cannot be', () => {
  it('is told by its first event, where that is not the creation', () => {
    expect(() => stateAfter(dispatched)).toThrow(/TicketCreated, not TicketDispatched/);
  });

  it.each<TicketEvent>([
    { type: 'FeedbackRequested', data: { message: 'Since when?' } },
    { type: 'ProcessingResumed', data: { reason: null } },
    { type: 'ResolutionSubmitted', data: { summary: 'Done.', confirmationDueAt } },
  ])('is told by $type on a ticket that nobody has taken', (event) => {
    expect(() => stateAfter(created, dispatched, event)).toThrow(/nobody has taken it/);
  });

  it('is told by an event of a type that nobody knows', () => {
    const unknown = { type: 'TicketPainted', data: {} } as unknown as TicketEvent;
    expect(() => stateAfter(created, unknown)).toThrow(/TicketPainted/);
  });
});

describe('what every event says of the ticket', () => {
  it('is nothing before there is one', () => {
    expect(facetsOf(noTicket)).toBeNull();
  });

  it.each(ticketStates)('is what counting needs, while it is %s', (state) => {
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
