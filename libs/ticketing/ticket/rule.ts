import type { Actor, Decision, Given, Refusal, Role } from '../decision.js';
import type { TicketEvent } from './events.js';
import { handlerOf, type Requester, type Ticket, type TicketStateName } from './state.js';

/**
 * One row of the table in `domain.md`: who may give a command, from which states, and what it
 * leads to. `decide.ts` asks in that order, so that who may not act is told so before what is
 * not possible now.
 */
export interface Rule<Command extends Given> {
  /** Who may, in words, as a refusal says it: "the handler, or a lead". */
  readonly who: string;
  /** The role in which this actor may give the command on this ticket, or null. */
  actingAs(actor: Actor, ticket: Ticket): Role | null;
  /** The states that the command leads on from. */
  readonly from: readonly TicketStateName[];
  /** Whether what the command asks for has been done already: then it appends nothing. */
  repeats?(command: Command, ticket: Ticket): boolean;
  /** What beside the state stands in the way of this actor now, if anything. */
  hindrance?(given: Given, ticket: Ticket): Refusal | null;
  decide(command: Command, ticket: Ticket, role: Role): Decision<TicketEvent>;
}

const has = (actor: Actor, role: Role): boolean => actor.roles.includes(role);

/** The role in which staff act: a lead may all that an engineer may. */
export const staffRole = (actor: Actor): Role | null =>
  has(actor, 'lead') ? 'lead' : has(actor, 'engineer') ? 'engineer' : null;

export const isLead = (actor: Actor): boolean => has(actor, 'lead');

export const sameCustomer = (actor: Actor, requester: Requester): boolean =>
  has(actor, 'customer') && actor.id === requester.id && actor.tenant === requester.tenant;

/** `actingAs` for commands of the requester. */
export const asRequester = (actor: Actor, ticket: Ticket): Role | null =>
  sameCustomer(actor, ticket.requester) ? 'customer' : null;

/** `actingAs` for commands of the engineer who has taken the ticket. */
export const asHandler = (actor: Actor, ticket: Ticket): Role | null =>
  handlerOf(ticket) === actor.id ? staffRole(actor) : null;

export const asLead = (actor: Actor): Role | null => (isLead(actor) ? 'lead' : null);

export const asHandlerOrLead = (actor: Actor, ticket: Ticket): Role | null =>
  asLead(actor) ?? asHandler(actor, ticket);

export const asStaff = (actor: Actor): Role | null => staffRole(actor);

export const asSystem = (actor: Actor): Role | null => (has(actor, 'system') ? 'system' : null);

export const isOwner = (actor: Actor, ticket: Ticket): boolean =>
  staffRole(actor) !== null && ticket.owners.includes(actor.id);
