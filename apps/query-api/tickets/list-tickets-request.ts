import { IsIn, IsOptional } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import { invalidField, Problem } from '#platform/problems/problem.js';
import { HasFormat, IsActorId, IsSlug, IsText } from '#platform/validation/decorators.js';
import { wordsOf } from '#projections/search-words.js';
import type { Actor } from '#ticketing/decision.js';
import { severities, ticketStates } from '#ticketing/ticket/state.js';
import { scopeOf } from '#ticketing/ticket/visibility.js';
import type { Condition } from '#view-stores/view-store.js';
import { boundOf } from '../past/moment.js';
import { PageRequest } from '../query-requests.js';

const sorts = ['createdAt', '-createdAt', 'updatedAt', '-updatedAt'] as const;

export class ListTicketsRequest extends PageRequest {
  /** May repeat: finds tickets in any of these states. */
  @IsOptional()
  @JSONSchema({ type: 'array', items: { type: 'string', enum: [...ticketStates] }, maxItems: 7 })
  @IsIn([...ticketStates], { each: true })
  state?: string[];

  @IsOptional()
  @IsSlug()
  service?: string;

  @IsOptional()
  @IsActorId()
  owner?: string;

  @IsOptional()
  @IsActorId()
  handler?: string;

  @IsOptional()
  @IsActorId()
  requester?: string;

  @IsOptional()
  @IsActorId()
  tenant?: string;

  @IsOptional()
  @IsIn([...severities])
  severity?: string;

  /** Created at or after this time. */
  @IsOptional()
  @HasFormat('date-time')
  createdFrom?: string;

  /** Created before this time. */
  @IsOptional()
  @HasFormat('date-time')
  createdTo?: string;

  /** Words. Finds tickets that have all of them in the description or the messages. */
  @IsOptional()
  @IsText(500)
  q?: string;

  /** The list as it was at this time. */
  @IsOptional()
  @HasFormat('date-time')
  asOf?: string;

  @IsOptional()
  @IsIn([...sorts])
  sort?: (typeof sorts)[number];
}

/**
 * The conditions of a list: those of the request, and those that select the tickets that the actor
 * may list or, for a text search, open. They exclude the searched words.
 *
 * @throws Problem `forbidden` for an actor who may list or open no ticket
 */
export function conditionsOf(actor: Actor, request: ListTicketsRequest): Condition[] {
  const { state, service, owner, handler, requester, tenant, severity } = request;
  return [
    ...inScope(actor, request),
    ...are('state', state),
    ...are('service', service),
    ...are('handler', handler),
    ...are('requester', requester),
    ...are('tenant', tenant),
    ...are('severity', severity),
    ...(owner === undefined ? [] : [{ list: 'owners', has: [owner] }]),
    ...createdBetween(request),
  ];
}

function inScope(actor: Actor, { q }: ListTicketsRequest): Condition[] {
  const scope = scopeOf(actor, q === undefined ? 'list' : 'open');
  if (scope === 'all') return [];
  if (scope === 'none') {
    throw new Problem('forbidden', 'Your roles do not allow a search in texts.');
  }
  const { id, tenant } = scope.requester;
  // Customers of two organisations may have the same id.
  return [...are('requester', id), { field: 'tenant', in: [tenant] }];
}

/** The searched words, all of which a ticket must contain; none without a search. */
export function searchedWords({ q }: ListTicketsRequest): readonly string[] {
  if (q === undefined) return [];
  const words = wordsOf(q);
  if (words.length === 0) throw invalidField('/q', 'The search contains no words.');
  return words;
}

const are = (field: string, value: string | string[] | undefined): Condition[] =>
  value === undefined ? [] : [{ field, in: [value].flat() }];

function createdBetween({ createdFrom, createdTo }: ListTicketsRequest): Condition[] {
  if (createdFrom === undefined && createdTo === undefined) return [];
  const from = createdFrom === undefined ? undefined : textOf(createdFrom);
  const until = createdTo === undefined ? undefined : textOf(createdTo);
  if (from !== undefined && until !== undefined && from > until) {
    throw invalidField('/createdTo', 'createdTo is before createdFrom. Swap them.');
  }
  return [
    {
      field: 'createdAt',
      ...(from === undefined ? {} : { from }),
      ...(until === undefined ? {} : { until }),
    },
  ];
}

/** A time as stores have it. */
const textOf = (time: string): string => new Date(boundOf(time)).toISOString();
