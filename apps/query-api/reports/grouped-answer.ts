import { Text } from '#platform/openapi/answer-members.js';
import { PositionedAnswer } from '../page-answer.js';

/** What every report that can be grouped has. */
export class GroupedAnswer extends PositionedAnswer {
  @Text({ required: false, example: 'service', description: 'Present if requested.' })
  readonly groupBy?: string;
}

/** What names a group. */
export class GroupAnswer {
  @Text({ nullable: true, example: 'vpn', description: 'Null for tickets that have none.' })
  readonly key!: string | null;

  @Text({ nullable: true, example: 'VPN' })
  readonly name!: string | null;
}
