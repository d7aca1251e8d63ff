import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Problem } from '#platform/problems/problem.js';
import type { EngineerView } from '#projections/engineers.js';
import { ticketStates } from '#ticketing/ticket/state.js';
import { Freshness } from '../freshness.js';
import { readPage } from '../paging.js';
import { Views } from '#projections/views.js';
import { ListOwners, type OwnerItem, type OwnerList } from './list-owners-query.js';
import { ShowOwner, type OwnerAnswer } from './show-owner-query.js';

@QueryHandler(ListOwners)
export class ListOwnersHandler implements IQueryHandler<ListOwners> {
  constructor(
    private readonly readModels: Views,
    private readonly freshness: Freshness,
  ) {}

  async execute({ request }: ListOwners): Promise<OwnerList> {
    const { engineers } = this.readModels;
    const position = await this.freshness.reached(request.minPosition, engineers);
    const { found, nextCursor } = await readPage<EngineerView>(engineers, {
      where: [{ field: 'registered', in: [1] }],
      sort: { field: 'engineerId', descending: false },
      sortValue: ({ engineerId }) => engineerId,
      limit: request.limit,
      cursor: request.cursor,
    });
    const items = found.map(({ view }) => ownerItem(view));
    return { items, nextCursor, position: position.toString() };
  }
}

@QueryHandler(ShowOwner)
export class ShowOwnerHandler implements IQueryHandler<ShowOwner> {
  constructor(
    private readonly readModels: Views,
    private readonly freshness: Freshness,
  ) {}

  async execute({ engineerId, request }: ShowOwner): Promise<OwnerAnswer> {
    const { engineers } = this.readModels;
    const position = await this.freshness.reached(request.minPosition, engineers);
    const view = await engineers.get(engineerId);
    if (view === null || view.displayName === null) {
      throw new Problem('not_found', 'There is no such engineer.');
    }
    return { ...ownerItem(view), position: position.toString() };
  }
}

const ownerItem = ({ engineerId, displayName, email, active, services, counts }: EngineerView) => ({
  engineerId,
  displayName,
  email,
  active,
  services,
  counts: Object.fromEntries(
    ticketStates.map((state) => [state, counts[state] ?? 0]),
  ) as OwnerItem['counts'],
});
