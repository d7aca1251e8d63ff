import type { Actor, Decision, Given, Refusal, Role } from '../decision.js';
import type { Fact } from '../fact.js';
import { handlerOf, type Requester, type Ticket, type TicketStateName } from './state.js';

/**
 * One row of the table of commands in `domain.md`: who may give a command, in which states, and
 * what it leads to. `decide.ts` checks the actor before the state, so that an actor without the
 * right to a command gets the same answer in every state.
 *
 * @typeParam Event - the events that the command leads to
 */
export interface Rule<Command extends Given, Event extends Fact<string, unknown>> {
  /** What the command does, in one sentence. */
  readonly summary: string;
  readonly who: Who;
  /** The states in which the command is allowed. */
  readonly from: readonly TicketStateName[];
  /** The state that the command leads to. @default the state stays */
  readonly to?: TicketStateName;
  /** The types of the events that the command leads to, in order. */
  readonly events: readonly Event['type'][];
  /** Whether the command needs a ticket that no engineer has taken. @default false */
  readonly takes?: boolean;
  /**
   * Whether a full ticket takes the command, too: one that brings the ticket nearer to its end, and
   * that cannot be given again and again. @default false
   */
  readonly whenFull?: boolean;
  /** Whether the ticket is already in the requested state: then the command appends nothing. */
  repeats?(command: Command, ticket: Ticket): boolean;
  /** The reason why this actor cannot give the command now, although the state allows it. */
  hindrance?(given: Given, ticket: Ticket): Refusal | null;
  decide(command: Command, ticket: Ticket, role: Role): Decision<Event>;
}

/** The actors who may give a command. */
export interface Who {
  /** Text for refusals, such as "the handler, or a lead". */
  readonly words: string;
  /** The roles that a caller needs, checked before the ticket is loaded. */
  readonly roles: readonly Role[];
  /** The role in which this actor may give the command on this ticket, or null. */
  actingAs(actor: Actor, ticket: Ticket): Role | null;
}

const has = (actor: Actor, role: Role): boolean => actor.roles.includes(role);

/** The role in which staff act: a lead has all rights of an engineer. */
export const staffRole = (actor: Actor): Role | null =>
  has(actor, 'lead') ? 'lead' : has(actor, 'engineer') ? 'engineer' : null;

export const isLead = (actor: Actor): boolean => has(actor, 'lead');

export const sameCustomer = (actor: Actor, requester: Requester): boolean =>
  has(actor, 'customer') && actor.id === requester.id && actor.tenant === requester.tenant;

export const isOwner = (actor: Actor, ticket: Ticket): boolean =>
  staffRole(actor) !== null && ticket.owners.includes(actor.id);

/** The actor's role if they are the ticket's handler; null for all others. */
export const asHandler = (actor: Actor, ticket: Ticket): Role | null =>
  handlerOf(ticket) === actor.id ? staffRole(actor) : null;

export const asLead = (actor: Actor): Role | null => (isLead(actor) ? 'lead' : null);

export const asHandlerOrLead = (actor: Actor, ticket: Ticket): Role | null =>
  asLead(actor) ?? asHandler(actor, ticket);

export const STAFF: readonly Role[] = ['engineer', 'lead'];

export const requester: Who = {
  words: 'the requester',
  roles: ['customer'],
  actingAs: (actor, ticket) => (sameCustomer(actor, ticket.requester) ? 'customer' : null),
};

export const handler: Who = { words: 'the handler', roles: STAFF, actingAs: asHandler };

export const lead: Who = { words: 'a lead', roles: ['lead'], actingAs: asLead };

export const handlerOrLead: Who = {
  words: 'the handler, or a lead',
  roles: STAFF,
  actingAs: asHandlerOrLead,
};

export const staff: Who = { words: 'staff', roles: STAFF, actingAs: staffRole };

/** The service itself: only policies give the command. */
export const theSystem: Who = {
  words: 'the system itself',
  roles: ['system'],
  actingAs: (actor) => (has(actor, 'system') ? 'system' : null),
};
