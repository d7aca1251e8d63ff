import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Problem } from '#platform/problems/problem.js';
import type { ServiceView } from '#projections/services.js';
import type { Actor } from '#ticketing/decision.js';
import { hasDeskRight } from '#ticketing/ticket/visibility.js';
import { Freshness } from '../freshness.js';
import { readPage } from '../paging.js';
import { Views } from '#projections/views.js';
import { ListServices, type ServiceList } from './list-services-query.js';
import { ShowService, type ServiceAnswer } from './show-service-query.js';

@QueryHandler(ListServices)
export class ListServicesHandler implements IQueryHandler<ListServices> {
  constructor(
    private readonly readModels: Views,
    private readonly freshness: Freshness,
  ) {}

  async execute({ actor, request }: ListServices): Promise<ServiceList> {
    const { services } = this.readModels;
    const position = await this.freshness.reached(request.minPosition, services);
    const { found, nextCursor } = await readPage<ServiceView>(services, {
      where: [],
      sort: { field: 'serviceId', descending: false },
      sortValue: ({ service }) => service.serviceId,
      limit: request.limit,
      cursor: request.cursor,
    });
    const items = found.map(({ view }) => serviceItem(view, actor));
    return { items, nextCursor, position: position.toString() };
  }
}

@QueryHandler(ShowService)
export class ShowServiceHandler implements IQueryHandler<ShowService> {
  constructor(
    private readonly readModels: Views,
    private readonly freshness: Freshness,
  ) {}

  async execute({ actor, serviceId, request }: ShowService): Promise<ServiceAnswer> {
    const { services } = this.readModels;
    const position = await this.freshness.reached(request.minPosition, services);
    const view = await services.get(serviceId);
    if (view === null) throw new Problem('not_found', 'There is no such service.');
    return { ...serviceItem(view, actor), position: position.toString() };
  }
}

/** Customers see services to choose from; owners are internal to the desk. */
const serviceItem = ({ service, revision, updatedAt }: ServiceView, actor: Actor) => ({
  serviceId: service.serviceId,
  name: service.name,
  issueTypes: service.issueTypes,
  active: service.state === 'active',
  ...(hasDeskRight(actor, 'desk') ? { owners: service.owners } : {}),
  revision,
  updatedAt,
});
