import { Controller, Get, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '#platform/authentication/authentication-guard.js';

/** Looks at the parts that the service cannot do without: what is wrong with each, or null. */
export abstract class Health {
  abstract check(): Promise<{ readonly [part: string]: string | null }>;
}

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
  @ApiResponse({ status: 200, description: 'It can.' })
  @ApiResponse({ status: 503, description: 'It cannot: the parts say why.' })
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const found = await this.health.check();
    const ready = Object.values(found).every((problem) => problem === null);
    const parts: Record<string, string> = {};
    for (const [part, problem] of Object.entries(found)) parts[part] = problem ?? 'ok';
    void reply.status(ready ? 200 : 503).send({ status: ready ? 'ok' : 'unavailable', parts });
  }
}
