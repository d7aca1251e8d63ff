import { Query } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import type { Actor } from '#ticketing/decision.js';
import { Parts, Text, Uuid } from '#platform/openapi/answer-members.js';
import { EventAnswer, EventData } from '../event-answer.js';
import { QueryRequest } from '../query-requests.js';

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

export class HistoryEvent extends EventAnswer {
  @Uuid()
  readonly eventId!: string;

  @EventData()
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
  @Uuid()
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
