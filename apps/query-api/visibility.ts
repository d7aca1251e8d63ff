import { Problem } from '#platform/problems/problem.js';
import type { Actor, Role } from '#ticketing/decision.js';
import type { Requester } from '#ticketing/ticket/state.js';

/** Roles that see the tickets of all customers. */
const SEES_ALL: readonly Role[] = ['engineer', 'lead', 'auditor', 'reporter'];
const SEES_ALL_TEXT: readonly Role[] = ['engineer', 'lead', 'auditor'];
const SEES_NOTES: readonly Role[] = ['engineer', 'lead', 'auditor'];

const hasAny = ({ roles }: Actor, among: readonly Role[]): boolean =>
  roles.some((role) => among.includes(role));

/** Whether an actor is confined to the tickets that they raised themselves. */
export const seesOwnOnly = (actor: Actor): boolean => !hasAny(actor, SEES_ALL);

/** Whether an actor may read what people wrote on any ticket: reporters and customers may not. */
export const seesAllText = (actor: Actor): boolean => hasAny(actor, SEES_ALL_TEXT);

/** Whether an actor may read what people wrote on this one's tickets: customers on their own. */
export const seesTextOf = (actor: Actor, requester: Requester): boolean =>
  seesAllText(actor) || (actor.roles.includes('customer') && isRequester(actor, requester));

/** Whether an actor may read internal notes: customers never. */
export const seesNotes = (actor: Actor): boolean => hasAny(actor, SEES_NOTES);

/** Who may see a single ticket: customers their own, staff and auditors any. */
export function maySeeTicket(actor: Actor, requester: Requester): boolean {
  if (hasAny(actor, SEES_NOTES)) return true;
  return isRequester(actor, requester);
}

const isRequester = (actor: Actor, requester: Requester): boolean =>
  actor.id === requester.id && actor.tenant === requester.tenant;

/** Whether an actor works with the desk, and so may read of its engineers and who owns what. */
export const worksWithDesk = (actor: Actor): boolean =>
  actor.roles.includes('admin') || !seesOwnOnly(actor);

export const noSuchTicket = (): Problem =>
  new Problem('not_found', 'There is no such ticket, or you may not see it.');
