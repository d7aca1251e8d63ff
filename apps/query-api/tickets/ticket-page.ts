import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { Count, OneOf, Part, Text, Time, Uuid } from '#platform/openapi/answer-members.js';
import type { TicketEntry } from '#projections/ticket-entries.js';
import type { TicketView } from '#projections/tickets.js';
import type { Actor } from '#ticketing/decision.js';
import { percentFull } from '#ticketing/ticket/limits.js';
import { PositionedAnswer } from '../page-answer.js';
import { EntriesAnswer, entriesAnswer } from './entries-answer.js';
import { pageTexts } from './page-texts.js';
import type { EntriesPage } from './read-entries.js';
import { ticketFacts, TicketFacts, type ServiceName } from './ticket-item.js';

export class TicketResolution {
  @Text()
  readonly summary!: string;

  @Text({ example: 'bob', description: 'The engineer who resolved the ticket.' })
  readonly by!: string;

  @Time()
  readonly at!: string;
}

export class TicketEvaluation {
  @OneOf([1, 2, 3, 4, 5], { nullable: true, description: 'From 1 (bad) to 5 (good).' })
  readonly rating!: number | null;

  @Text({ nullable: true })
  readonly comment!: string | null;

  @Time()
  readonly at!: string;
}

/** A ticket with its latest messages and notes, and the commands that the caller may give now. */
export class TicketPage extends IntersectionType(TicketFacts, EntriesAnswer, PositionedAnswer) {
  @Text({ example: 'The sensor in hall 3 alarms every night.' })
  readonly description!: string;

  @Text({
    required: false,
    example: 'WyJ3T2x2Y0Y',
    description:
      'Present if there are earlier messages and notes: their cursor for GET /tickets/{ticketId}/entries.',
  })
  readonly entriesCursor?: string;

  @ApiProperty({ type: 'array', items: { type: 'object' }, maxItems: 0 })
  readonly attachments!: readonly never[];

  @Part(() => TicketResolution, { nullable: true })
  readonly resolution!: TicketResolution | null;

  @Part(() => TicketEvaluation, { nullable: true })
  readonly evaluation!: TicketEvaluation | null;

  @Uuid({ nullable: true })
  readonly previousTicketId!: string | null;

  @ApiProperty({ type: 'array', items: { type: 'object' }, maxItems: 0 })
  readonly authorizations!: readonly never[];

  @OneOf(['withheld'], { description: "Needs the customer's authorization." })
  readonly contact!: 'withheld';

  @Count({
    required: false,
    example: 93,
    description:
      'Present from 90: how full the ticket is, in per cent of its limits. At 100 it takes only commands that bring it nearer to its end.',
  })
  readonly percentFull?: number;
}

/** From here on, the page says how full the ticket is. */
const ALMOST_FULL_PERCENT = 90;

const fullness = (percent: number) =>
  percent < ALMOST_FULL_PERCENT ? {} : { percentFull: percent };

/** What a page shows besides the ticket itself. */
interface PageParts {
  readonly service: ServiceName;
  readonly entries: EntriesPage;
  /** The entries of long texts outside of the conversation. */
  readonly longTexts: readonly TicketEntry[];
}

export const ticketPage = (
  view: TicketView,
  { service, entries, longTexts }: PageParts,
  actor: Actor,
  now: string,
) => ({
  ...ticketFacts(view, service, actor, now),
  ...pageTexts(view, longTexts),
  ...entriesAnswer(entries.latestFirst, view.ticket, actor),
  ...(entries.nextCursor === null ? {} : { entriesCursor: entries.nextCursor }),
  attachments: [],
  previousTicketId: view.previousTicketId,
  authorizations: [],
  contact: 'withheld' as const,
  ...fullness(percentFull(view.ticket.size)),
});
