import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Flag, Parts, Revision, Text, Texts, Time } from '#platform/openapi/answer-members.js';
import type { ServiceView } from '#projections/services.js';
import { Views } from '#projections/views.js';
import type { Actor } from '#ticketing/decision.js';
import { hasDeskRight } from '#ticketing/ticket/visibility.js';
import { Freshness } from '../freshness.js';
import { PageAnswer } from '../page-answer.js';
import { readPage } from '../paging.js';
import { ActorQuery } from '../queries.js';
import type { PageRequest } from '../query-requests.js';

export class ServiceItem {
  @Text({ example: 'vpn' })
  readonly serviceId!: string;

  @Text({ example: 'VPN' })
  readonly name!: string;

  @Texts({ example: ['spam'] })
  readonly issueTypes!: readonly string[];

  @Flag({ description: 'Whether the service takes new tickets.' })
  readonly active!: boolean;

  @Texts({ required: false, example: ['bob'], description: 'Left out for customers.' })
  readonly owners?: readonly string[];

  @Revision()
  readonly revision!: number;

  @Time()
  readonly updatedAt!: string;
}

export class ServiceList extends PageAnswer {
  @Parts(() => ServiceItem)
  readonly items!: readonly ServiceItem[];
}

export class ListServices extends ActorQuery<PageRequest, ServiceList> {}

@QueryHandler(ListServices)
export class ListServicesHandler implements IQueryHandler<ListServices> {
  constructor(
    private readonly readModels: Views,
    private readonly freshness: Freshness,
  ) {}

  async execute({ actor, request }: ListServices): Promise<ServiceList> {
    const { services } = this.readModels;
    const position = await this.freshness.reached(request.minPosition, services);
    const { found, nextCursor } = await readPage(services, request, {
      where: [],
      sort: { field: 'serviceId', descending: false },
    });
    const items = found.map(({ view }) => serviceItem(view, actor));
    return { items, nextCursor, position: position.toString() };
  }
}

/** Customers see services to choose from; owners are internal to the desk. */
export const serviceItem = ({ service, revision, updatedAt }: ServiceView, actor: Actor) => ({
  serviceId: service.serviceId,
  name: service.name,
  issueTypes: service.issueTypes,
  active: service.state === 'active',
  ...(hasDeskRight(actor, 'desk') ? { owners: service.owners } : {}),
  revision,
  updatedAt,
});
