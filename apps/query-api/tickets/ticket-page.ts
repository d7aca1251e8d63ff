import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import {
  OneOf,
  Part,
  Parts,
  Revision,
  Text,
  Texts,
  Time,
  Uuid,
} from '#platform/openapi/answer-members.js';
import type { TicketEntry } from '#projections/ticket-entries.js';
import type { TicketView } from '#projections/tickets.js';
import type { Actor } from '#ticketing/decision.js';
import { allowedCommands } from '#ticketing/ticket/decide.js';
import { mayOnTicket } from '#ticketing/ticket/visibility.js';
import { PositionedAnswer } from '../page-answer.js';
import { listItem, TicketItem, type ServiceName } from './ticket-item.js';

/** A ticket's page shows at most this many of the latest messages and notes. */
export const MAX_ENTRIES = 1_000;

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

export const ticketPage = (
  view: TicketView,
  service: ServiceName,
  entries: readonly TicketEntry[],
  actor: Actor,
  now: string,
) => ({
  ...listItem(view, service, actor),
  messages: entries.filter(({ kind }) => kind !== 'note').map(message),
  ...(mayOnTicket(actor, 'readNotes', view.ticket.requester)
    ? { notes: entries.filter(({ kind }) => kind === 'note').map(note) }
    : {}),
  attachments: [],
  resolution: view.resolution,
  evaluation: view.evaluation,
  previousTicketId: view.previousTicketId,
  authorizations: [],
  contact: 'withheld' as const,
  allowed: allowedCommands(actor, view.ticket, now),
});

const message = ({ kind, author, text, at, revision }: TicketEntry): TicketMessage => ({
  kind,
  author: { id: author.id, role: author.role },
  message: text,
  at,
  revision,
});

const note = ({ author, text, at, revision }: TicketEntry): TicketNote => ({
  author: { id: author.id, role: author.role },
  text,
  at,
  revision,
});
