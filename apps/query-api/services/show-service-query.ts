import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { IntersectionType } from '@nestjs/swagger';
import { Problem } from '#platform/problems/problem.js';
import { DamagedHistories } from '#platform/process/damaged-histories.js';
import { Views } from '#projections/views.js';
import { serviceStream } from '#ticketing/streams.js';
import { Freshness } from '../freshness.js';
import { PositionedAnswer } from '../page-answer.js';
import { SubjectQuery } from '../queries.js';
import type { QueryRequest } from '../query-requests.js';
import { ServiceItem, serviceItem } from './list-services-query.js';

export class ServiceAnswer extends IntersectionType(ServiceItem, PositionedAnswer) {}

export class ShowService extends SubjectQuery<QueryRequest, ServiceAnswer> {}

@QueryHandler(ShowService)
export class ShowServiceHandler implements IQueryHandler<ShowService> {
  constructor(
    private readonly readModels: Views,
    private readonly freshness: Freshness,
    private readonly damaged: DamagedHistories,
  ) {}

  async execute({ actor, id, request }: ShowService): Promise<ServiceAnswer> {
    const { services } = this.readModels;
    const position = await this.freshness.reached(request.minPosition, services);
    const view = await services.get(id);
    this.damaged.requireIntact(serviceStream(id));
    if (view === null) throw new Problem('not_found', 'There is no such service.');
    return { ...serviceItem(view, actor), position: position.toString() };
  }
}
