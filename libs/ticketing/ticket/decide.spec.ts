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
import { exampleCommand } from '../testing/ticket-model-examples.js';
import { modelCommands } from '../testing/ticket-model-table.js';
import {
  allowedIn,
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
} from '../testing/tickets.js';
import type { TicketAction, TicketActionName } from './catalogue.js';
import { allowedCommands } from './decide.js';
import type { Forward } from './forward.js';
import type { TicketEvent } from './events.js';
import { ticketStates, type Ticket } from './state.js';

const names = modelCommands as readonly TicketActionName[];
const persons = Object.keys(people) as Person[];

function ticketAfter(history: readonly TicketEvent[]): Ticket {
  const state = stateAfter(...history);
  if (state.state === 'none') throw new Error('This history creates no ticket.');
  return state;
}

describe('an engineer who is not registered, or not active', () => {
  it.each(['none', 'inactive'] as const)(
    'may give no command as an engineer: %s',
    (notEngineer) => {
      const unfit = { ...bob, notEngineer };
      const refused = { code: 'forbidden', aboutTheActor: true } as const;
      for (const state of ticketStates) {
        const history = ticketThatIs[state];
        expect(allowedCommands(unfit, ticketAfter(history), now)).toEqual([]);
        for (const name of names) {
          given(history).when(exampleCommand(name, unfit)).thenRefused(refused);
        }
      }
    },
  );

  it('may still act in another role', () => {
    const lead: Actor = { ...bob, roles: ['engineer', 'lead'], notEngineer: 'none' };
    const pending = ticketAfter(ticketThatIs.pending);
    expect(allowedCommands(lead, pending, now)).toEqual(allowedCommands(lena, pending, now));
  });
});

describe('the order of checks', () => {
  it.each(names)('begins with whether the ticket exists: %s', (name) => {
    for (const person of persons) {
      given([]).when(exampleCommand(name, people[person])).thenRefused(notFound);
    }
  });

  it.each(names)('checks visibility before rights and state: %s', (name) => {
    for (const state of ticketStates) {
      for (const [, by] of strangers) {
        given(ticketThatIs[state]).when(exampleCommand(name, by)).thenRefused(notFound);
      }
    }
  });

  it.each(names)('checks rights before the state: %s', (name) => {
    // An auditor sees everything and may give no command, in any state.
    for (const state of ticketStates) {
      given(ticketThatIs[state]).when(exampleCommand(name, people.audra)).thenRefused(forbidden);
    }
  });

  it('checks rights before harmless repeats', () => {
    given(ticketThatIs.processing)
      .when({ ...exampleCommand('forward', people.carol), engineerId: 'bob' } as Forward)
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
      .when(exampleCommand(name, people[person]))
      .thenRefusedSaying(words);
  });

  it('names the required states and the current one', () => {
    given(ticketThatIs.pending)
      .when(exampleCommand('confirm', alice))
      .thenRefusedSaying(/needs a ticket that is pending_confirmation; this one is pending\./);
  });
});

describe('the allowed commands', () => {
  it.each(persons)('to %s are those of the table, in every state', (person) => {
    for (const state of ticketStates) {
      expect([
        state,
        allowedCommands(people[person], ticketAfter(ticketThatIs[state]), now),
      ]).toEqual([state, allowedIn(people[person], state)]);
    }
  });

  it.each(persons)('to %s are accepted, and no others', (person) => {
    for (const state of ticketStates) {
      // The dispatch of a dispatched ticket is a silent repeat; this ticket was never dispatched.
      const history = state === 'pending' ? undispatched : ticketThatIs[state];
      const ticket = ticketAfter(history);
      const allowed = allowedCommands(people[person], ticket, now);
      for (const name of names) {
        const command = exampleCommand(name, people[person]);
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
    given(ticketThatIs.pending).when(exampleCommand('cancel', namesake)).thenRefused(forbidden);
  });

  it.each(['admin', 'reporter', 'privacy_officer'] as const)(
    'another customer who is also %s finds no ticket',
    (role) => {
      const both: Actor = { ...mallory, roles: ['customer', role] };
      for (const name of names) {
        given(ticketThatIs.pending).when(exampleCommand(name, both)).thenRefused(notFound);
      }
    },
  );

  it('an administrator finds no ticket', () => {
    given(ticketThatIs.pending).when(exampleCommand('close', people.anna)).thenRefused(notFound);
  });
});

describe('an actor with several roles', () => {
  const withRoles = (actor: Actor, ...roles: Role[]): Actor => ({ ...actor, roles });

  it.each([
    ['engineer', 'lead'],
    ['lead', 'engineer'],
  ] as const)('acts as a lead with the roles %s and %s', (...roles) => {
    given(ticketThatIs.processing)
      .when(exampleCommand('notes', withRoles(bob, ...roles)))
      .thenActingAs('lead');
    given(ticketThatIs.processing)
      .when(exampleCommand('request-feedback', withRoles(bob, ...roles)))
      .thenActingAs('lead');
  });

  it('acts as a customer on their own ticket and as an engineer for its notes', () => {
    const both = withRoles(alice, 'customer', 'engineer');
    given(ticketThatIs.pending).when(exampleCommand('cancel', both)).thenActingAs('customer');
    given(ticketThatIs.pending).when(exampleCommand('notes', both)).thenActingAs('engineer');
  });

  it('may see what one of the roles allows', () => {
    given(ticketThatIs.pending)
      .when(exampleCommand('cancel', withRoles(people.audra, 'customer', 'auditor')))
      .thenRefused(forbidden);
  });
});

describe('a command of an unknown type', () => {
  it('is rejected', () => {
    const unknown = { type: 'paint', by: lena, at: now } as unknown as TicketAction;
    expect(() => given(ticketThatIs.pending).when(unknown)).toThrow();
  });
});
