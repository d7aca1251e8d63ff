import { Controller, Get, Injectable, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import { Public } from '#platform/authentication/authentication-guard.js';
import { ProjectionStates, type ProjectionState } from '../query-api/admin/projection-states.js';

const gauges = {
  up: 'Whether the projection answers and goes on (1) or not (0)',
  lag_events: 'Positions of the log that the projection has not reached',
  lag_seconds: 'Age of the oldest event that the projection has not reached',
  parked_streams: 'Streams that the projection has parked after an event that it cannot take',
  rebuild_done: 'How much of the log a copy that is being made has, from 0 to 1',
} as const;
type GaugeName = keyof typeof gauges;

/** What a scrape tells, in Prometheus' text format: the process, and the projections. */
@Injectable()
export class Metrics {
  readonly #registry = new Registry();
  readonly #gauges: Readonly<Record<GaugeName, Gauge>>;
  readonly #projected: Counter;

  constructor(private readonly states: ProjectionStates) {
    collectDefaultMetrics({ register: this.#registry });
    const registers = [this.#registry];
    const labelNames = ['projection'];
    const gauge = (name: GaugeName) =>
      new Gauge({ name: `tickets_projection_${name}`, help: gauges[name], labelNames, registers });
    this.#gauges = {
      up: gauge('up'),
      lag_events: gauge('lag_events'),
      lag_seconds: gauge('lag_seconds'),
      parked_streams: gauge('parked_streams'),
      rebuild_done: gauge('rebuild_done'),
    };
    this.#projected = new Counter({
      name: 'tickets_projection_events_total',
      help: 'Events that the projection has projected since the start',
      labelNames,
      registers,
    });
  }

  projected(projection: string, events: number): void {
    this.#projected.inc({ projection }, events);
  }

  async scrape(): Promise<{ readonly type: string; readonly text: string }> {
    for (const state of await this.states.all()) this.#set(state);
    return { type: this.#registry.contentType, text: await this.#registry.metrics() };
  }

  #set({ name, state, lag, lagSeconds, failures, rebuild }: ProjectionState): void {
    const set = (gauge: GaugeName, value: number | null) => {
      // What is not known is left out, rather than told as 0.
      if (value === null) this.#gauges[gauge].remove({ projection: name });
      else this.#gauges[gauge].set({ projection: name }, value);
    };
    set('up', state === 'running' || state === 'behind' ? 1 : 0);
    set('lag_events', lag);
    set('lag_seconds', lagSeconds);
    set('parked_streams', failures.filter(({ kind }) => kind === 'parked').length);
    set('rebuild_done', rebuild?.done ?? null);
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
