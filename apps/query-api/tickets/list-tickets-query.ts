import { Query } from '@nestjs/cqrs';
import { IsIn, IsOptional } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import { HasFormat, IsPersonId, IsSlug, IsText } from '#platform/validation/decorators.js';
import { severities, ticketStates } from '#ticketing/ticket/state.js';
import type { Actor } from '#ticketing/decision.js';
import { Parts } from '#platform/openapi/answer-members.js';
import { PageAnswer } from '../page-answer.js';
import { PageRequest } from '../query-requests.js';
import { TicketItem } from './ticket-item.js';

const sorts = ['createdAt', '-createdAt', 'updatedAt', '-updatedAt'] as const;

export class ListTicketsRequest extends PageRequest {
  /** May repeat: finds tickets in any of these states. */
  @IsOptional()
  @JSONSchema({ type: 'array', items: { type: 'string', enum: [...ticketStates] }, maxItems: 7 })
  @IsIn([...ticketStates], { each: true })
  state?: string[];

  @IsOptional()
  @IsSlug()
  service?: string;

  @IsOptional()
  @IsPersonId()
  owner?: string;

  @IsOptional()
  @IsPersonId()
  handler?: string;

  @IsOptional()
  @IsPersonId()
  requester?: string;

  @IsOptional()
  @IsPersonId()
  tenant?: string;

  @IsOptional()
  @IsIn([...severities])
  severity?: string;

  /** Created at or after this time. */
  @IsOptional()
  @HasFormat('date-time')
  createdFrom?: string;

  /** Created before this time. */
  @IsOptional()
  @HasFormat('date-time')
  createdTo?: string;

  /** Words. Finds tickets that have all of them in the description or the messages. */
  @IsOptional()
  @IsText(500)
  q?: string;

  /** The list as it was at this time. */
  @IsOptional()
  @HasFormat('date-time')
  asOf?: string;

  @IsOptional()
  @IsIn([...sorts])
  sort?: (typeof sorts)[number];
}

export class TicketList extends PageAnswer {
  @Parts(() => TicketItem)
  readonly items!: readonly TicketItem[];
}

/** The tickets as they are now. */
export class ListTickets extends Query<TicketList> {
  constructor(
    readonly actor: Actor,
    readonly request: ListTicketsRequest,
  ) {
    super();
  }
}
