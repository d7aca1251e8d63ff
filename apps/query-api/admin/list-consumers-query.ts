import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { OneOf, Parts } from '#platform/openapi/answer-members.js';
import { ConsumerStates } from '#platform/process/consumer-states.js';
import { projections } from '#projections/all.js';
import { ViewStore } from '#view-stores/view-store.js';
import { Freshness } from '../freshness.js';
import type { QueryRequest } from '../query-requests.js';
import { ProjectionItem } from './list-projections-query.js';

export class ConsumerItem extends ProjectionItem {
  @OneOf(['projection', 'policy'])
  readonly kind!: 'projection' | 'policy';
}

export class ConsumerList {
  @Parts(() => ConsumerItem)
  readonly items!: readonly ConsumerItem[];
}

/** All consumers with a durable checkpoint. */
export class ListConsumers extends Query<ConsumerList> {
  constructor(readonly request: QueryRequest) {
    super();
  }
}

@QueryHandler(ListConsumers)
export class ListConsumersHandler implements IQueryHandler<ListConsumers> {
  constructor(
    private readonly states: ConsumerStates,
    private readonly freshness: Freshness,
    private readonly store: ViewStore,
  ) {}

  async execute({ request: { minPosition } }: ListConsumers): Promise<ConsumerList> {
    if (minPosition !== undefined) {
      const readers = projections.map((projection) => this.store.reader(projection));
      await this.freshness.reached(minPosition, ...readers);
    }
    const [ofProjections, ofPolicies] = await Promise.all([
      this.states.ofProjections(),
      this.states.ofPolicies(),
    ]);
    return {
      items: [
        ...ofProjections.map((state) => ({ kind: 'projection' as const, ...state })),
        ...ofPolicies.map((state) => ({ kind: 'policy' as const, ...state })),
      ],
    };
  }
}
