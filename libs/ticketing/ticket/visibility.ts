import type { Actor, Role } from '../decision.js';
import type { EngineerEvent } from '../engineer/events.js';
import type { ServiceEvent } from '../service/events.js';
import type { TicketEvent } from './events.js';
import { sameCustomer } from './rule.js';
import type { Requester } from './state.js';

/**
 * The one policy of visibility. Commands, queries, lists, counts, history, live updates and reports
 * ask it; nothing else decides who may see what.
 *
 * Each role has rights on the actor's own tickets (those that the actor raised as a customer) and
 * rights on other tickets. An actor with several roles has the union of their rights, so that a
 * further role never takes a right away: a customer who is also a reporter lists all tickets, and
 * opens only their own.
 *
 * To an actor without the right `open` on a ticket, every endpoint that names the ticket answers as
 * if it did not exist. Whether an actor with that right may give a command is for the command's
 * rule to say.
 */
export type TicketRight =
  /** List, count and follow the ticket: its state, people and times, and no text. */
  | 'list'
  /** Open the ticket and its history, read and search its texts, give commands. */
  | 'open'
  /** See that an internal note was added, but not its text. */
  | 'noticeNotes'
  /** Read what staff write for each other: internal notes, and why they pass a ticket on. */
  | 'readNotes';

/** The detail for a ticket that does not exist, or that the actor may not open. */
export const NO_SUCH_TICKET = 'There is no such ticket, or you may not see it.';

export type DeskRight =
  /** See services: names, issue types, whether they take new tickets. */
  | 'services'
  /** See owners, engineers, and the reports on all tickets. */
  | 'desk';

/** Whether a ticket is the actor's own. */
export type Relation = 'own' | 'other';

interface RoleRights {
  readonly own: readonly TicketRight[];
  readonly other: readonly TicketRight[];
  readonly desk: readonly DeskRight[];
}

const EVERYTHING: readonly TicketRight[] = ['list', 'open', 'noticeNotes', 'readNotes'];
const FACTS: readonly TicketRight[] = ['list', 'noticeNotes'];

const staff: RoleRights = { own: EVERYTHING, other: EVERYTHING, desk: ['services', 'desk'] };
const nothing: RoleRights = { own: [], other: [], desk: [] };

const rights: { readonly [Name in Role]: RoleRights } = {
  customer: { own: ['list', 'open'], other: [], desk: ['services'] },
  engineer: staff,
  lead: staff,
  admin: { ...nothing, desk: ['services', 'desk'] },
  auditor: staff,
  reporter: { own: FACTS, other: FACTS, desk: ['services', 'desk'] },
  privacy_officer: nothing,
  system: { ...nothing, own: EVERYTHING, other: EVERYTHING },
};

/** The roles that have a right on some tickets, for guards that run before a ticket is loaded. */
export const rolesWith = (right: TicketRight | DeskRight): readonly Role[] =>
  (Object.keys(rights) as Role[]).filter((role) => {
    const { own, other, desk } = rights[role];
    return role !== 'system' && ([...own, ...other, ...desk] as string[]).includes(right);
  });

export const hasDeskRight = ({ roles }: Actor, right: DeskRight): boolean =>
  roles.some((role) => rights[role].desk.includes(right));

const hasTicketRight = ({ roles }: Actor, right: TicketRight, relation: Relation): boolean =>
  roles.some((role) => rights[role][relation].includes(right));

/** Whether an actor has a right on the tickets of a requester; null for an unknown one. */
export const mayOnTicket = (
  actor: Actor,
  right: TicketRight,
  requester: Requester | null,
): boolean => hasTicketRight(actor, right, relationTo(actor, requester));

export const relationTo = (actor: Actor, requester: Requester | null): Relation =>
  requester !== null && sameCustomer(actor, requester) ? 'own' : 'other';

/** The tickets on which an actor has a right, as a filter for lists. */
export type TicketScope = 'all' | 'none' | { readonly requester: Requester };

export function scopeOf(actor: Actor, right: TicketRight): TicketScope {
  if (hasTicketRight(actor, right, 'other')) return 'all';
  if (!actor.roles.includes('customer') || !hasTicketRight(actor, right, 'own')) return 'none';
  return { requester: { id: actor.id, tenant: actor.tenant } };
}

/** How much of an event an actor may read. Texts are in an event's data. */
export type EventVisibility = 'nothing' | 'without data' | 'without staff reasons' | 'everything';

/** The events whose reason staff give each other. Reasons of other events are for the customer too. */
const withStaffReasons: readonly TicketEvent['type'][] = ['TicketAssigned', 'TicketForwarded'];

export function ticketEventVisibility(
  actor: Actor,
  type: TicketEvent['type'],
  relation: Relation,
): EventVisibility {
  const isNote = type === 'InternalNoteAdded';
  if (hasTicketRight(actor, 'readNotes', relation)) return 'everything';
  if (!isNote && hasTicketRight(actor, 'open', relation)) {
    return withStaffReasons.includes(type) ? 'without staff reasons' : 'everything';
  }
  if (hasTicketRight(actor, isNote ? 'noticeNotes' : 'list', relation)) return 'without data';
  return 'nothing';
}

/** Customers see services to choose from; owners and engineers are internal to the desk. */
export function deskEventVisibility(
  actor: Actor,
  type: ServiceEvent['type'] | EngineerEvent['type'],
): EventVisibility {
  const isPublic =
    type === 'ServiceRegistered' || type === 'ServiceChanged' || type === 'ServiceDeactivated';
  return hasDeskRight(actor, isPublic ? 'services' : 'desk') ? 'everything' : 'nothing';
}

/** An event's data as its reader sees them: without the customer's contact, which no role may read. */
export function visibleData(data: object, visibility: EventVisibility): object {
  if ('contact' in data) return { ...data, contact: 'withheld' };
  return visibility === 'without staff reasons' ? { ...data, reason: null } : data;
}
