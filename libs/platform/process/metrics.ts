import { Controller, Get, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { Public } from '../authentication/authentication-guard.js';

/** What a scrape tells, in Prometheus' text format: Node's own figures, and those of the parts. */
export class Metrics {
  readonly registry = new Registry();
  readonly #looks: (() => Promise<void>)[] = [];

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** Has figures looked up that are as they are at the scrape. */
  atScrape(look: () => Promise<void>): void {
    this.#looks.push(look);
  }

  async scrape(): Promise<{ readonly type: string; readonly text: string }> {
    await Promise.all(this.#looks.map(async (look) => look()));
    return { type: this.registry.contentType, text: await this.registry.metrics() };
  }
}

@ApiTags('Health')
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  @Public()
  @ApiOperation({ operationId: 'metrics', summary: 'Figures for Prometheus.', security: [] })
  @ApiResponse({
    status: 200,
    description: 'The figures.',
    content: { 'text/plain': { schema: { type: 'string' } } },
  })
  async scrape(@Res() reply: FastifyReply): Promise<void> {
    const { type, text } = await this.metrics.scrape();
    void reply.header('content-type', type).send(text);
  }
}
