import { Query } from '@nestjs/cqrs';
import type { ConsumerState } from '#platform/process/consumer-states.js';
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

export class ListProjections extends Query<ProjectionList> {
  constructor(readonly request: QueryRequest) {
    super();
  }
}
