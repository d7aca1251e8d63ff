import { PositionText, Text } from '#platform/openapi/answer-members.js';

/** What every answer from read models has. */
export class PositionedAnswer {
  @PositionText({ description: 'The position that the read models had reached.' })
  readonly position!: string;
}

/** What every page of a list has besides its items. */
export class PageAnswer extends PositionedAnswer {
  @Text({ nullable: true, description: 'The cursor of the next page; null on the last page.' })
  readonly nextCursor!: string | null;
}
