import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { OneOf, Parts } from '#platform/openapi/answer-members.js';
import { ConsumerState } from '#platform/process/consumer-state.js';
import { ConsumerStates } from '#platform/process/consumer-states.js';
import { Freshness } from '../freshness.js';
import { RequestQuery } from '../queries.js';
import type { QueryRequest } from '../query-requests.js';

export class ProjectionList {
  @Parts(() => ConsumerState)
  readonly items!: readonly ConsumerState[];
}

export class ConsumerItem extends ConsumerState {
  @OneOf(['projection', 'policy'])
  readonly kind!: 'projection' | 'policy';
}

export class ConsumerList {
  @Parts(() => ConsumerItem)
  readonly items!: readonly ConsumerItem[];
}

export class ListProjections extends RequestQuery<QueryRequest, ProjectionList> {}

/** Lists the state of each projection. It answers also while projections are stopped. */
@QueryHandler(ListProjections)
export class ListProjectionsHandler implements IQueryHandler<ListProjections> {
  constructor(
    private readonly states: ConsumerStates,
    private readonly freshness: Freshness,
  ) {}

  async execute({ request }: ListProjections): Promise<ProjectionList> {
    await this.freshness.allReached(request.minPosition);
    return { items: await this.states.ofProjections() };
  }
}

/** All consumers with a durable checkpoint. */
export class ListConsumers extends RequestQuery<QueryRequest, ConsumerList> {}

@QueryHandler(ListConsumers)
export class ListConsumersHandler implements IQueryHandler<ListConsumers> {
  constructor(
    private readonly states: ConsumerStates,
    private readonly freshness: Freshness,
  ) {}

  async execute({ request }: ListConsumers): Promise<ConsumerList> {
    await this.freshness.allReached(request.minPosition);
    const [ofProjections, ofPolicies] = await Promise.all([
      this.states.ofProjections(),
      this.states.ofPolicies(),
    ]);
    return { items: [...withKind('projection', ofProjections), ...withKind('policy', ofPolicies)] };
  }
}

const withKind = <State extends object>(kind: ConsumerItem['kind'], states: readonly State[]) =>
  states.map((state) => ({ kind, ...state }));
