import { callerCommands, type TicketCommandName } from '#ticketing/ticket/catalogue.js';
import { Flag, OneOf, Revision, Text, Uuid } from '#platform/openapi/answer-members.js';
import { TicketCommandAnswer } from './tickets/ticket-answer.js';

/** One line of a batch: the members of the command's own request, and these. */
export class BatchCommand {
  @OneOf(callerCommands)
  readonly command!: TicketCommandName;

  @Uuid({ required: false, description: 'Required but for create, which takes none.' })
  readonly ticketId?: string;

  @Text({ required: false, description: 'Like the header Idempotency-Key, for this line.' })
  readonly idempotencyKey?: string;

  @Revision({ required: false, description: 'Like the header If-Match, for this line.' })
  readonly ifMatch?: number;
}

/** The result of an accepted line. A line that is refused gets problem details. */
export class BatchAnswer extends TicketCommandAnswer {
  @OneOf([200, 201], { description: 'The HTTP status that the command alone would have.' })
  readonly status!: 200 | 201;

  @Flag({ required: false, description: 'Present where this is the answer of an earlier request.' })
  readonly replayed?: true;
}
