import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import {
  Count,
  Decimal,
  OneOf,
  Part,
  Parts,
  PositionText,
  Revision,
  Text,
} from '#platform/openapi/answer-members.js';
import { ConsumerStates, type ConsumerState } from '#platform/process/consumer-states.js';
import { projections } from '#projections/all.js';
import { ViewStore } from '#view-stores/view-store.js';
import { Freshness } from '../freshness.js';
import { RequestQuery } from '../queries.js';
import type { QueryRequest } from '../query-requests.js';

export class ProjectionFailureAnswer {
  @OneOf(['stopped', 'parked'])
  readonly kind!: 'stopped' | 'parked';

  @Text()
  readonly error!: string;

  @Text({ required: false, description: 'The parked stream.' })
  readonly stream?: string;

  @Revision({ required: false })
  readonly revision?: number;

  @PositionText({ required: false })
  readonly position?: string;

  @Text({ required: false, description: 'The type of the event that failed.' })
  readonly type?: string;
}

/** Progress of a copy that is being built. */
export class RebuildAnswer {
  @PositionText()
  readonly position!: string;

  @Decimal({ description: 'The share of the log that it has processed, from 0 to 1.' })
  readonly done!: number;

  @Decimal({ nullable: true })
  readonly eventsPerSecond!: number | null;

  @Decimal({ nullable: true })
  readonly remainingSeconds!: number | null;
}

export class ProjectionItem {
  @Text({ example: 'tickets' })
  readonly name!: string;

  @Count()
  readonly version!: number;

  @OneOf(['running', 'behind', 'building', 'stopped', 'unavailable'])
  readonly state!: ConsumerState['state'];

  @PositionText({ nullable: true, description: 'Null while it does not serve queries.' })
  readonly position!: string | null;

  @Count({ nullable: true, description: 'The number of events that it has not processed.' })
  readonly lag!: number | null;

  @Decimal({ nullable: true, description: 'The age of the oldest event not processed.' })
  readonly lagSeconds!: number | null;

  @Text({
    nullable: true,
    description: 'The process that runs it: host, process id and a random part.',
  })
  readonly holder!: string | null;

  @Parts(() => ProjectionFailureAnswer)
  readonly failures!: readonly ProjectionFailureAnswer[];

  @Part(() => RebuildAnswer, { nullable: true })
  readonly rebuild!: RebuildAnswer | null;
}

export class ProjectionList {
  @Parts(() => ProjectionItem)
  readonly items!: readonly ProjectionItem[];
}

/** An accepted request to a projection. */
export class ProjectionRequested {
  @Text({ example: 'tickets' })
  readonly name!: string;

  @OneOf(['rebuild', 'retry'])
  readonly asked!: 'rebuild' | 'retry';
}

export class ListProjections extends RequestQuery<QueryRequest, ProjectionList> {}

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
