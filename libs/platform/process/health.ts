import { Controller, Get, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../authentication/authentication-guard.js';

/**
 * How a part is: `degraded` parts do their work, and want looking after; without an `unavailable`
 * one the service cannot do its own.
 */
export interface PartHealth {
  readonly state: 'ok' | 'degraded' | 'unavailable';
  readonly detail: string;
}

/** Looks at the parts that the service is made of. */
export abstract class Health {
  abstract check(): Promise<{ readonly [part: string]: PartHealth }>;
}

const RETRY_SECONDS = 5;

@ApiTags('Health')
@Controller('health')
export class HealthController {
  constructor(private readonly health: Health) {}

  @Get('live')
  @Public()
  @ApiOperation({ operationId: 'live', summary: 'Whether the process is there.', security: [] })
  @ApiResponse({ status: 200, description: 'It is.' })
  live(): object {
    return { status: 'ok' };
  }

  @Get('ready')
  @Public()
  @ApiOperation({ operationId: 'ready', summary: 'Whether it can do its work.', security: [] })
  @ApiResponse({
    status: 200,
    description: 'It can; "degraded" where something wants looking after.',
  })
  @ApiResponse({ status: 503, description: 'It cannot: the parts say why.' })
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const parts = Object.entries(await this.health.check());
    const worst =
      (['unavailable', 'degraded'] as const).find((state) =>
        parts.some(([, part]) => part.state === state),
      ) ?? 'ok';
    if (worst === 'unavailable') void reply.header('retry-after', RETRY_SECONDS);
    void reply.status(worst === 'unavailable' ? 503 : 200).send({
      status: worst,
      parts: Object.fromEntries(parts.map(([part, { detail }]) => [part, detail])),
    });
  }
}
