import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { IntersectionType } from '@nestjs/swagger';
import { Problem } from '#platform/problems/problem.js';
import { Views } from '#projections/views.js';
import { Freshness } from '../freshness.js';
import { PositionedAnswer } from '../page-answer.js';
import type { QueryRequest } from '../query-requests.js';
import { OwnerItem, ownerItem } from './list-owners-query.js';

export class OwnerAnswer extends IntersectionType(OwnerItem, PositionedAnswer) {}

export class ShowOwner extends Query<OwnerAnswer> {
  constructor(
    readonly engineerId: string,
    readonly request: QueryRequest,
  ) {
    super();
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
