import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ViewStore } from '#view-stores/view-store.js';
import { projections } from '#projections/all.js';
import { Freshness } from '../freshness.js';
import { ConsumerStates } from '#platform/process/consumer-states.js';
import { ListProjections, type ProjectionList } from './list-projections-query.js';

/** Lists the state of each projection. It answers also while projections are stopped. */
@QueryHandler(ListProjections)
export class ListProjectionsHandler implements IQueryHandler<ListProjections> {
  constructor(
    private readonly states: ConsumerStates,
    private readonly freshness: Freshness,
    private readonly store: ViewStore,
  ) {}

  async execute({ request: { minPosition } }: ListProjections): Promise<ProjectionList> {
    if (minPosition !== undefined) {
      const readers = projections.map((projection) => this.store.reader(projection));
      await this.freshness.reached(minPosition, ...readers);
    }
    return { items: await this.states.ofProjections() };
  }
}
