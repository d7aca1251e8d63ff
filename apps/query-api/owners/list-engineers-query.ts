import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { PickType } from '@nestjs/swagger';
import { Parts } from '#platform/openapi/answer-members.js';
import { Views } from '#projections/views.js';
import { Freshness } from '../freshness.js';
import { PageAnswer } from '../page-answer.js';
import { RequestQuery } from '../queries.js';
import type { PageRequest } from '../query-requests.js';
import { OwnerItem, registeredEngineers } from './list-owners-query.js';

/** An engineer, as registered. */
export class EngineerItem extends PickType(OwnerItem, [
  'engineerId',
  'displayName',
  'email',
  'active',
]) {}

export class EngineerList extends PageAnswer {
  @Parts(() => EngineerItem)
  readonly items!: readonly EngineerItem[];
}

export class ListEngineers extends RequestQuery<PageRequest, EngineerList> {}

@QueryHandler(ListEngineers)
export class ListEngineersHandler implements IQueryHandler<ListEngineers> {
  constructor(
    private readonly readModels: Views,
    private readonly freshness: Freshness,
  ) {}

  async execute({ request }: ListEngineers): Promise<EngineerList> {
    const { engineers } = this.readModels;
    const position = await this.freshness.reached(request.minPosition, engineers);
    const { views, nextCursor } = await registeredEngineers(engineers, request);
    const items = views.map(({ engineerId, displayName, email, active }) => ({
      engineerId,
      displayName,
      email,
      active,
    }));
    return { items, nextCursor, position: position.toString() };
  }
}
