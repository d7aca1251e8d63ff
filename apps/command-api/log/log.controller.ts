import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { acceptLogLoss } from '#commands/accept-log-loss.js';
import { callOf, contextOf } from '#commands/call.js';
import { EventStore } from '#event-store/event-store.js';
import { AppendsRefused, type LogLoss } from '#event-store/log-loss.js';
import { AllowedFor } from '#platform/authentication/authentication-guard.js';
import { Count, Part, PositionText, Time } from '#platform/openapi/answer-members.js';
import { System } from '#platform/system.js';

/** What the log lacks of the events that were acknowledged. */
export class LogLossAnswer implements LogLoss {
  @Count({ nullable: true, description: 'The number of lost events; null if it is unknown.' })
  readonly events!: number | null;

  @Count({ required: false, description: 'How many are known to be lost, where more may be.' })
  readonly atLeastEvents?: number;

  @Time({
    nullable: true,
    description: 'The time of the last event left; null if all are lost or it is unknown.',
  })
  readonly since!: string | null;

  @Time({ description: 'When the last lost event was acknowledged.' })
  readonly until!: string;

  @PositionText({ description: 'The position of the last lost event.', example: '4714' })
  readonly acknowledgedPosition!: string;

  @PositionText({
    description: 'The end of the log when the loss was found; -1 if it was empty.',
    example: '4711',
  })
  readonly endPosition!: string;
}

/** The answer to an accepted loss. */
export class LossAccepted {
  @Part(() => LogLossAnswer, { nullable: true, description: 'Null if nothing was lost.' })
  readonly loss!: LogLossAnswer | null;

  @PositionText({ nullable: true, description: 'The position of the event that records it.' })
  readonly position!: string | null;
}

/** Operations on the log as a whole. */
@ApiTags('Log')
@Controller('api/v1/log')
export class LogController {
  constructor(
    private readonly log: EventStore,
    private readonly system: System,
  ) {}

  @Post('accept-loss')
  @HttpCode(200)
  @AllowedFor('admin')
  @ApiOperation({
    operationId: 'acceptLogLoss',
    summary:
      'Accepts that acknowledged events are lost, so that commands go on. A repeat is harmless.',
  })
  @ApiResponse({
    status: 200,
    description: 'An event records what was lost, who accepted it and when.',
    type: LossAccepted,
  })
  async acceptLoss(@Req() request: FastifyRequest): Promise<LossAccepted> {
    const { refusal } = this.log;
    const loss = refusal instanceof AppendsRefused ? refusal.loss : null;
    if (loss === null) return { loss, position: null };
    const context = contextOf(callOf(request), this.system, {});
    const position = await acceptLogLoss(this.log, loss, context);
    return { loss, position: position.toString() };
  }
}
