import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { invalidField, Problem } from '#platform/problems/problem.js';
import type { Condition } from '#read-models/store.js';
import { requesterKey, type TicketView } from '#read-models/views/tickets.js';
import { wordsOf } from '#read-models/words.js';
import type { Actor } from '#ticketing/decision.js';
import { Freshness } from '../freshness.js';
import { readPage } from '../paging.js';
import { ReadModels } from '../read-models.js';
import { ServiceNames } from '../service-names.js';
import { seesAllText, seesOwnOnly } from '../visibility.js';
import type { ListTicketsRequest } from './list-tickets-request.js';
import { ListTickets } from './queries.js';
import { listItem } from './ticket-page.js';

@QueryHandler(ListTickets)
export class ListTicketsHandler implements IQueryHandler<ListTickets> {
  constructor(
    private readonly readModels: ReadModels,
    private readonly freshness: Freshness,
    private readonly services: ServiceNames,
  ) {}

  async execute({ actor, request }: ListTickets): Promise<object> {
    const { minPosition, sort = '-updatedAt', limit, cursor } = request;
    const where = conditionsOf(actor, request);
    const field = sort.endsWith('createdAt') ? 'createdAt' : 'updatedAt';
    const { tickets } = this.readModels;
    const position = await this.freshness.reached(minPosition, tickets);
    const { found, nextCursor } = await readPage<TicketView>(tickets, {
      where,
      sort: { field, descending: sort.startsWith('-') },
      sortValue: (view) => view[field],
      limit,
      cursor,
    });
    const serviceOf = await this.services.of(found.map(({ view }) => view.ticket.serviceId));
    const items = found.map(({ view }) => listItem(view, serviceOf(view.ticket.serviceId), actor));
    return { items, nextCursor, position: position.toString() };
  }
}

function conditionsOf(actor: Actor, request: ListTicketsRequest): Condition[] {
  const { state, service, owner, handler, requester, tenant, severity, q } = request;
  return [
    ...are('requesterKey', seesOwnOnly(actor) ? requesterKey(actor) : undefined),
    ...are('state', state),
    ...are('service', service),
    ...are('handler', handler),
    ...are('requester', requester),
    ...are('tenant', tenant),
    ...are('severity', severity),
    ...(owner === undefined ? [] : [{ list: 'owners', has: owner }]),
    ...createdBetween(request),
    ...(q === undefined ? [] : searched(actor, q)),
  ];
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

/** Who may not read a text may not find out what is in it either: customers search their own. */
function searched(actor: Actor, q: string): Condition[] {
  const all = seesAllText(actor);
  if (!all && !actor.roles.includes('customer')) {
    throw new Problem('forbidden', 'Reporters do not search in free text.');
  }
  const words = wordsOf(q);
  if (words.length === 0) throw invalidField('/q', 'There is no word in it to search by.');
  return [
    ...are('requesterKey', all ? undefined : requesterKey(actor)),
    ...words.map((word) => ({ list: 'words', has: word })),
  ];
}
