import { Query } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import type { Actor } from '#ticketing/decision.js';
import {
  Part,
  Parts,
  PositionText,
  Revision,
  Text,
  TicketId,
  Time,
} from '#platform/openapi/answer-members.js';
import { QueryRequest } from '../query-requests.js';
import { TicketRequester } from './ticket-item.js';

export class HistoryRequest extends QueryRequest {
  /** The first revision of the answer. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  from?: number;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000)
  limit?: number;
}

/** Who caused an event, and for whom. */
export class EventActorAnswer {
  @Text({ example: 'bob' })
  readonly id!: string;

  @Text({ example: 'engineer' })
  readonly role!: string;

  @Text({ required: false, nullable: true, example: 'acme' })
  readonly tenant?: string | null;

  @Part(() => TicketRequester, {
    required: false,
    description: 'The customer for whom staff acted.',
  })
  readonly onBehalfOf?: TicketRequester;
}

export class HistoryEvent {
  @Revision()
  readonly revision!: number;

  @PositionText()
  readonly position!: string;

  @ApiProperty({ type: 'string', format: 'uuid' })
  readonly eventId!: string;

  @Text({ example: 'TicketCreated' })
  readonly type!: string;

  @Time()
  readonly at!: string;

  @Part(() => EventActorAnswer)
  readonly actor!: EventActorAnswer;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: "The event's data in today's version, without private data.",
    example: { message: 'Since when?' },
  })
  readonly data!: object;

  @Text({ description: 'The same for all that one request led to.' })
  readonly correlationId!: string;

  @Text({ description: 'The command or event that caused this event.' })
  readonly causationId!: string;

  @Text()
  readonly commandId!: string;

  @ApiProperty({
    type: 'string',
    pattern: '^[0-9a-f]{64}$',
    description: 'SHA-256 over the event as stored.',
  })
  readonly hash!: string;
}

export class History {
  @TicketId()
  readonly ticketId!: string;

  @Parts(() => HistoryEvent, { description: 'Oldest first.' })
  readonly events!: readonly HistoryEvent[];
}

/** The events of a ticket that the actor may read. */
export class ShowHistory extends Query<History> {
  constructor(
    readonly actor: Actor,
    readonly ticketId: string,
    readonly request: HistoryRequest,
  ) {
    super();
  }
}
