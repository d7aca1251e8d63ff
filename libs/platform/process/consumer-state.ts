import {
  Count,
  Decimal,
  OneOf,
  Part,
  Parts,
  PositionText,
  Revision,
  Text,
} from '../openapi/answer-members.js';

/**
 * - `running`: it serves queries and is at the end of the log, or close to it
 * - `frozen`: it serves queries, and no process makes progress with it
 * - `behind`: it serves queries with old data
 * - `building`: its first copy is being built; it does not serve queries yet
 * - `stopped`: it failed and retries by itself; its failures say why
 * - `unavailable`: its store cannot be reached
 */
const conditions = ['running', 'frozen', 'behind', 'building', 'stopped', 'unavailable'] as const;
export type ConsumerCondition = (typeof conditions)[number];

/** Why a consumer stopped, or a stream that it parked. */
export class ConsumerFailure {
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
export class RebuildProgress {
  @PositionText()
  readonly position!: string;

  @Decimal({ description: 'The share of the log that it has processed, from 0 to 1.' })
  readonly done!: number;

  @Decimal({ nullable: true })
  readonly eventsPerSecond!: number | null;

  @Decimal({ nullable: true })
  readonly remainingSeconds!: number | null;
}

/** The state of a durable consumer, as operators see it. */
export class ConsumerState {
  @Text({ example: 'tickets' })
  readonly name!: string;

  @Count()
  readonly version!: number;

  @OneOf(conditions)
  readonly state!: ConsumerCondition;

  @PositionText({ nullable: true, description: 'Null while it does not serve queries.' })
  readonly position!: string | null;

  @Count({
    nullable: true,
    description: 'The number of events that it has not processed; an estimate of very many.',
  })
  readonly lag!: number | null;

  @Decimal({ nullable: true, description: 'The age of the oldest event not processed.' })
  readonly lagSeconds!: number | null;

  @Text({
    nullable: true,
    description: 'The process that runs it: host, process id and a random part.',
  })
  readonly holder!: string | null;

  @Parts(() => ConsumerFailure)
  readonly failures!: readonly ConsumerFailure[];

  @Part(() => RebuildProgress, { nullable: true, description: 'The copy that is being built.' })
  readonly rebuild!: RebuildProgress | null;
}
