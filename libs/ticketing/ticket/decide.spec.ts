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

/** A valid body for each command. */
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

describe('the order of checks', () => {
  it.each(names)('begins with whether the ticket exists: %s', (name) => {
    for (const person of persons) {
      given([]).when(commandOf(name, people[person])).thenRefused(notFound);
    }
  });

  it.each(names)('checks visibility before rights and state: %s', (name) => {
    for (const state of ticketStates) {
      for (const [, by] of strangers) {
        given(ticketThatIs[state]).when(commandOf(name, by)).thenRefused(notFound);
      }
    }
  });

  it.each(names)('checks rights before the state: %s', (name) => {
    // An auditor sees everything and may give no command, in any state.
    for (const state of ticketStates) {
      given(ticketThatIs[state]).when(commandOf(name, people.audra)).thenRefused(forbidden);
    }
  });

  it('checks rights before harmless repeats', () => {
    given(ticketThatIs.processing)
      .when({ ...bodies.forward, engineerId: 'bob', by: people.carol, at: now })
      .thenRefused(forbidden);
  });

  it('checks the state before the fields of the request', () => {
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
  ] as const)('names who may give the command: %s is not for %s', (name, person, words) => {
    given(ticketThatIs.pending_reply)
      .when(commandOf(name, people[person]))
      .thenRefusedSaying(words);
  });

  it('names the required states and the current one', () => {
    given(ticketThatIs.pending)
      .when(commandOf('confirm', alice))
      .thenRefusedSaying(/needs a ticket that is pending_confirmation; this one is pending\./);
  });
});

describe('the allowed commands', () => {
  it.each(persons)('to %s are those of the table, in every state', (person) => {
    for (const state of ticketStates) {
      expect([
        state,
        allowedCommands(people[person], ticketAfter(ticketThatIs[state]), now),
      ]).toEqual([state, allowedTo[person][state] ?? []]);
    }
  });

  it.each(persons)('to %s are accepted, and no others', (person) => {
    for (const state of ticketStates) {
      // The dispatch of a dispatched ticket is a silent repeat; this ticket was never dispatched.
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

  it('depend on time: the handler may close once the confirmation is overdue', () => {
    const ticket = ticketAfter(ticketThatIs.pending_confirmation);
    expect(allowedCommands(bob, ticket, now)).not.toContain('close');
    expect(allowedCommands(bob, ticket, confirmationDueAt)).toContain('close');
  });

  it('depend on time: the requester may evaluate for 30 days', () => {
    const ticket = ticketAfter(ticketThatIs.closed);
    expect(allowedCommands(alice, ticket, evaluationDueAt)).toEqual(['evaluate']);
    expect(allowedCommands(alice, ticket, '2026-12-24T09:00:00.001Z')).toEqual([]);
  });
});

describe('who may see a ticket', () => {
  it("an actor with the requester's id who is not a customer is not the requester", () => {
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

describe('an actor with several roles', () => {
  const withRoles = (actor: Actor, ...roles: Role[]): Actor => ({ ...actor, roles });

  it.each([
    ['engineer', 'lead'],
    ['lead', 'engineer'],
  ] as const)('acts as a lead with the roles %s and %s', (...roles) => {
    given(ticketThatIs.processing)
      .when(commandOf('notes', withRoles(bob, ...roles)))
      .thenActingAs('lead');
    given(ticketThatIs.processing)
      .when(commandOf('request-feedback', withRoles(bob, ...roles)))
      .thenActingAs('lead');
  });

  it('acts as a customer on their own ticket and as an engineer for its notes', () => {
    const both = withRoles(alice, 'customer', 'engineer');
    given(ticketThatIs.pending).when(commandOf('cancel', both)).thenActingAs('customer');
    given(ticketThatIs.pending).when(commandOf('notes', both)).thenActingAs('engineer');
  });

  it('may see what one of the roles allows', () => {
    given(ticketThatIs.pending)
      .when(commandOf('cancel', withRoles(people.audra, 'customer', 'auditor')))
      .thenRefused(forbidden);
  });
});

describe('a command of an unknown type', () => {
  it('is rejected', () => {
    const unknown = { type: 'paint', by: lena, at: now } as unknown as TicketAction;
    expect(() => given(ticketThatIs.pending).when(unknown)).toThrow();
  });
});
