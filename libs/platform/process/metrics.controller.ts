import { Controller, Get, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../authentication/authentication-guard.js';
import { Metrics } from './metrics.js';

@ApiTags('Health')
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  @Public()
  @ApiOperation({
    operationId: 'metrics',
    summary: 'Reports metrics in the format of Prometheus.',
    description:
      'On an address that others can reach, it requires the token of an admin. On loopback and on OPERATIONS_PORT it is open.',
    security: [],
  })
  @ApiResponse({
    status: 200,
    description: 'The metrics.',
    content: { 'text/plain': { schema: { type: 'string' } } },
  })
  async scrape(@Res() reply: FastifyReply): Promise<void> {
    const { type, text } = await this.metrics.scrape();
    void reply.header('content-type', type).send(text);
  }
}
