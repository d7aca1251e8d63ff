import { invalidField, Problem } from '#platform/problems/problem.js';
import type { Condition } from '#view-stores/view-store.js';
import { wordsOf } from '#projections/search-words.js';
import type { Actor } from '#ticketing/decision.js';
import { seesAllText, seesOwnOnly } from '../visibility.js';
import type { ListTicketsRequest } from './list-tickets-request.js';

/**
 * Which tickets a list has: what is asked for, of what this actor may see. Who may not read a text
 * may not find out what is in it either: customers search their own. The words that are searched
 * for are not among the conditions.
 */
export function conditionsOf(actor: Actor, request: ListTicketsRequest): Condition[] {
  const { state, service, owner, handler, requester, tenant, severity, q } = request;
  const own = seesOwnOnly(actor) || (q !== undefined && !seesAllText(actor));
  return [
    // Customers of two organisations may have the same id.
    ...(own ? [...are('requester', actor.id), { field: 'tenant', in: [actor.tenant] }] : []),
    ...are('state', state),
    ...are('service', service),
    ...are('handler', handler),
    ...are('requester', requester),
    ...are('tenant', tenant),
    ...are('severity', severity),
    ...(owner === undefined ? [] : [{ list: 'owners', has: owner }]),
    ...createdBetween(request),
  ];
}

/** The words that each ticket of a list has; none where nothing is searched for. */
export function searchedWords(actor: Actor, { q }: ListTicketsRequest): readonly string[] {
  if (q === undefined) return [];
  if (!seesAllText(actor) && !actor.roles.includes('customer')) {
    throw new Problem('forbidden', 'Reporters do not search in free text.');
  }
  const words = wordsOf(q);
  if (words.length === 0) throw invalidField('/q', 'There is no word in it to search by.');
  return words;
}

const are = (field: string, value: string | string[] | undefined): Condition[] =>
  value === undefined ? [] : [{ field, in: [value].flat() }];

function createdBetween({ createdFrom, createdTo }: ListTicketsRequest): Condition[] {
  if (createdFrom === undefined && createdTo === undefined) return [];
  const from = createdFrom === undefined ? undefined : new Date(createdFrom).toISOString();
  const until = createdTo === undefined ? undefined : new Date(createdTo).toISOString();
  if (from !== undefined && until !== undefined && from > until) {
    throw invalidField('/createdTo', 'The range is turned round: createdTo is before createdFrom.');
  }
  return [
    {
      field: 'createdAt',
      ...(from === undefined ? {} : { from }),
      ...(until === undefined ? {} : { until }),
    },
  ];
}
