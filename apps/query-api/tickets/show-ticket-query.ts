import { Query } from '@nestjs/cqrs';
import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { HasFormat } from '#platform/validation/decorators.js';
import type { Actor } from '#ticketing/decision.js';
import {
  OneOf,
  Part,
  Parts,
  Revision,
  Text,
  Texts,
  Uuid,
  Time,
} from '#platform/openapi/answer-members.js';
import { PositionedAnswer } from '../page-answer.js';
import { QueryRequest } from '../query-requests.js';
import { TicketItem } from './ticket-item.js';

export class ShowTicketRequest extends QueryRequest {
  /** The ticket as it was at this time. Not together with `revision`. */
  @IsOptional()
  @HasFormat('date-time')
  asOf?: string;

  /** The ticket as it was after the event with this revision. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  revision?: number;
}

/** The author of a text, and their role. */
export class TicketAuthor {
  @Text({ example: 'bob' })
  readonly id!: string;

  @Text({ example: 'engineer' })
  readonly role!: string;
}

/** A message between the customer and the desk. */
export class TicketMessage {
  @OneOf(['feedback_requested', 'feedback_provided', 'message'])
  readonly kind!: string;

  @Part(() => TicketAuthor)
  readonly author!: TicketAuthor;

  @Text()
  readonly message!: string;

  @Time()
  readonly at!: string;

  @Revision()
  readonly revision!: number;
}

/** An internal note. */
export class TicketNote {
  @Part(() => TicketAuthor)
  readonly author!: TicketAuthor;

  @Text()
  readonly text!: string;

  @Time()
  readonly at!: string;

  @Revision()
  readonly revision!: number;
}

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

/** A ticket with its messages and notes, and the commands that the caller may give now. */
export class TicketPage extends IntersectionType(TicketItem, PositionedAnswer) {
  @Parts(() => TicketMessage, { description: 'The latest messages, oldest first.' })
  readonly messages!: readonly TicketMessage[];

  @Parts(() => TicketNote, { required: false, description: 'Left out for customers.' })
  readonly notes?: readonly TicketNote[];

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

  @Texts({ example: ['handle', 'notes'], description: 'The commands that the caller may give.' })
  readonly allowed!: readonly string[];
}

/** A ticket as it is now. */
export class ShowTicket extends Query<TicketPage> {
  constructor(
    readonly actor: Actor,
    readonly ticketId: string,
    readonly request: QueryRequest,
  ) {
    super();
  }
}
