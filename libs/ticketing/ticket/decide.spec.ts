import { describe, expect, it } from '@jest/globals';
import type { Actor, Role } from '../decision.js';
import {
  alice,
  bob,
  engineers,
  lena,
  mallory,
  people,
  strangers,
  type Person,
} from '../testing/actors.js';
import {
  allowedTo,
  confirmationDueAt,
  evaluationDueAt,
  forbidden,
  given,
  notFound,
  now,
  refusedIn,
  stateAfter,
  ticketThatIs,
  undispatched,
  vpn,
} from '../testing/tickets.js';
import type { TicketAction, TicketActionName } from './catalogue.js';
import { allowedCommands } from './decide.js';
import type { TicketEvent } from './events.js';
import { ticketStates, type Ticket } from './state.js';

type Body<Action> = Action extends TicketAction ? Omit<Action, 'by' | 'at'> : never;

/** One of each command, well-formed. */
const bodies: { [Name in TicketActionName]: Body<Extract<TicketAction, { type: Name }>> } = {
  dispatch: { type: 'dispatch', service: vpn, serviceRevision: 4 },
  handle: { type: 'handle' },
  assign: { type: 'assign', engineerId: 'dave', engineer: engineers.dave },
  forward: { type: 'forward', engineerId: 'dave', engineer: engineers.dave },
  'request-feedback': { type: 'request-feedback', message: 'Since when?' },
  'provide-feedback': { type: 'provide-feedback', message: 'Since Monday.' },
  messages: { type: 'messages', message: 'It got worse.' },
  notes: { type: 'notes', text: 'Their router is old.' },
  resume: { type: 'resume' },
  resolve: { type: 'resolve', summary: 'Done.', confirmationMinutes: 4_320 },
  'withdraw-resolution': { type: 'withdraw-resolution', reason: 'Not done.' },
  confirm: { type: 'confirm' },
  'reject-resolution': { type: 'reject-resolution', reason: 'It still drops.' },
  cancel: { type: 'cancel' },
  close: { type: 'close', reason: 'A duplicate.' },
  severity: { type: 'severity', severity: 'high' },
  evaluate: { type: 'evaluate', rating: 3 },
};
const names = Object.keys(bodies) as TicketActionName[];
const persons = Object.keys(people) as Person[];

const commandOf = (name: TicketActionName, by: Actor, at = now): TicketAction => ({
  ...bodies[name],
  by,
  at,
});

function ticketAfter(history: readonly TicketEvent[]): Ticket {
  const state = stateAfter(...history);
  if (state.state === 'none') throw new Error('This history creates no ticket.');
  return state;
}

describe('the order of questions', () => {
  it.each(names)('begins with whether there is such a ticket: %s', (name) => {
    for (const person of persons) {
      given([]).when(commandOf(name, people[person])).thenRefused(notFound);
    }
  });

  it.each(names)('asks who may see it before who may do it and what is possible: %s', (name) => {
    for (const state of ticketStates) {
      for (const [, by] of strangers) {
        given(ticketThatIs[state]).when(commandOf(name, by)).thenRefused(notFound);
      }
    }
  });

  it.each(names)('asks who may do it before what is possible: %s', (name) => {
    // An auditor sees everything and may do none of it, whatever the state.
    for (const state of ticketStates) {
      given(ticketThatIs[state]).when(commandOf(name, people.audra)).thenRefused(forbidden);
    }
  });

  it('asks who may do it before whether it is a harmless repeat', () => {
    given(ticketThatIs.processing)
      .when({ ...bodies.forward, engineerId: 'bob', by: people.carol, at: now })
      .thenRefused(forbidden);
  });

  it('asks what is possible in this state before what is wrong with the request', () => {
    given(ticketThatIs.pending_confirmation)
      .when({
        type: 'forward',
        engineerId: 'gus',
        engineer: engineers.gus,
        by: lena,
        at: now,
      })
      .thenRefused(refusedIn('pending_confirmation', 'lena'));
    given(ticketThatIs.closed)
      .when({ type: 'close', by: lena, at: now })
      .thenRefused(refusedIn('closed', 'lena'));
  });

  it.each([
    ['handle', 'dave', /one of the owners, or a lead may give the command "handle"/],
    ['assign', 'bob', /a lead may give the command "assign"/],
    ['resume', 'lena', /the handler may give the command "resume"/],
    ['confirm', 'bob', /the requester may give the command "confirm"/],
  ] as const)('tells who may: %s is not for %s', (name, person, words) => {
    given(ticketThatIs.pending_reply)
      .when(commandOf(name, people[person]))
      .thenRefusedSaying(words);
  });

  it('tells which state the command needs and which it is', () => {
    given(ticketThatIs.pending)
      .when(commandOf('confirm', alice))
      .thenRefusedSaying(/needs a ticket that is pending_confirmation; this one is pending\./);
  });
});

describe('the commands that are allowed', () => {
  it.each(persons)('to %s are those of the table, in each state', (person) => {
    for (const state of ticketStates) {
      expect([
        state,
        allowedCommands(people[person], ticketAfter(ticketThatIs[state]), now),
      ]).toEqual([state, allowedTo[person][state] ?? []]);
    }
  });

  it.each(persons)('to %s are accepted, and no others', (person) => {
    for (const state of ticketStates) {
      // What was dispatched already is dispatched again without a word; this one was not.
      const history = state === 'pending' ? undispatched : ticketThatIs[state];
      const ticket = ticketAfter(history);
      const allowed = allowedCommands(people[person], ticket, now);
      for (const name of names) {
        const command = commandOf(name, people[person]);
        if (allowed.includes(name)) given(history).when(command).thenSomething();
        else given(history).when(command).thenNoEvents();
      }
    }
  });

  it.each(strangers)('to %s are none', (_, stranger) => {
    for (const state of ticketStates) {
      expect(allowedCommands(stranger, ticketAfter(ticketThatIs[state]), now)).toEqual([]);
    }
  });

  it('change with time alone: the handler may close when the confirmation is overdue', () => {
    const ticket = ticketAfter(ticketThatIs.pending_confirmation);
    expect(allowedCommands(bob, ticket, now)).not.toContain('close');
    expect(allowedCommands(bob, ticket, confirmationDueAt)).toContain('close');
  });

  it('change with time alone: the requester may evaluate for 30 days', () => {
    const ticket = ticketAfter(ticketThatIs.closed);
    expect(allowedCommands(alice, ticket, evaluationDueAt)).toEqual(['evaluate']);
    expect(allowedCommands(alice, ticket, '2026-12-24T09:00:00.001Z')).toEqual([]);
  });
});

describe('who may see a ticket', () => {
  it("the requester's namesake who is no customer is not the requester", () => {
    const namesake: Actor = { ...alice, roles: ['auditor'] };
    given(ticketThatIs.pending).when(commandOf('cancel', namesake)).thenRefused(forbidden);
  });

  it.each(['admin', 'reporter', 'privacy_officer'] as const)(
    'another customer who is also %s finds no ticket',
    (role) => {
      const both: Actor = { ...mallory, roles: ['customer', role] };
      for (const name of names) {
        given(ticketThatIs.pending).when(commandOf(name, both)).thenRefused(notFound);
      }
    },
  );

  it('an administrator finds no ticket', () => {
    given(ticketThatIs.pending).when(commandOf('close', people.anna)).thenRefused(notFound);
  });
});

describe('somebody with several roles', () => {
  const withRoles = (actor: Actor, ...roles: Role[]): Actor => ({ ...actor, roles });

  it.each([
    ['engineer', 'lead'],
    ['lead', 'engineer'],
  ] as const)('acts as a lead where they are %s and %s', (...roles) => {
    given(ticketThatIs.processing)
      .when(commandOf('notes', withRoles(bob, ...roles)))
      .thenActingAs('lead');
    given(ticketThatIs.processing)
      .when(commandOf('request-feedback', withRoles(bob, ...roles)))
      .thenActingAs('lead');
  });

  it('acts as a customer with their own ticket and as an engineer with its notes', () => {
    const both = withRoles(alice, 'customer', 'engineer');
    given(ticketThatIs.pending).when(commandOf('cancel', both)).thenActingAs('customer');
    given(ticketThatIs.pending).when(commandOf('notes', both)).thenActingAs('engineer');
  });

  it('may see what one of the roles lets them see', () => {
    given(ticketThatIs.pending)
      .when(commandOf('cancel', withRoles(people.audra, 'customer', 'auditor')))
      .thenRefused(forbidden);
  });
});

describe('a command of a type that nobody knows', () => {
  it('is no command', () => {
    const unknown = { type: 'paint', by: lena, at: now } as unknown as TicketAction;
    expect(() => given(ticketThatIs.pending).when(unknown)).toThrow();
  });
});
