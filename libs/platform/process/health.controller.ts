import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../authentication/authentication-guard.js';
import { retryAfter } from '../openapi/problem-responses.js';
import { LiveAnswer, ReadyAnswer } from './health-answers.js';
import { Health, publicHealth } from './health.js';
import { worstOf } from './part-health.js';

const RETRY_AFTER_SECONDS = 5;

@ApiTags('Health')
@Controller('health')
export class HealthController {
  constructor(private readonly health: Health) {}

  @Get('live')
  @Public()
  @ApiOperation({
    operationId: 'live',
    summary: 'Reports whether the process is alive.',
    security: [],
  })
  @ApiResponse({ status: 200, description: 'The process is alive.', type: LiveAnswer })
  live(): LiveAnswer {
    return { status: 'ok' };
  }

  @Get('ready')
  @Public()
  @ApiOperation({
    operationId: 'ready',
    summary: 'Reports whether the process can do its work, and the health of its parts.',
    security: [],
  })
  @ApiResponse({
    status: 200,
    description: 'The process can do its work; "degraded" if a part needs attention.',
    type: ReadyAnswer,
  })
  @ApiResponse({
    status: 503,
    description: 'The process cannot do its work: the parts say why.',
    type: ReadyAnswer,
    headers: retryAfter,
  })
  async ready(@Req() { seesParts }: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const health = await this.health.check();
    const status = worstOf(Object.values(health));
    const parts = publicHealth(health);
    if (status === 'unavailable') void reply.header('retry-after', RETRY_AFTER_SECONDS);
    const answer: ReadyAnswer = seesParts ? { status, parts } : { status };
    void reply.status(status === 'unavailable' ? 503 : 200).send(answer);
  }
}
