import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER } from '../logging.js';
import { Metrics } from '../process/metrics.js';
import { Telemetry } from './telemetry.js';
import { startTracing, type Tracing } from './tracing.js';

const TRACING = Symbol('tracing');

/** Starts tracing if the environment asks for it, and sends the last spans at shutdown. */
@Module({})
export class TelemetryModule implements OnApplicationShutdown {
  constructor(@Inject(TRACING) private readonly tracing: Tracing | null) {}

  /** @param service - the service's name in traces, unless OTEL_SERVICE_NAME names it */
  static forRoot(service: string): DynamicModule {
    return {
      module: TelemetryModule,
      global: true,
      providers: [
        {
          provide: TRACING,
          inject: [LOGGER],
          useFactory: (logger: Logger) => startTracing(process.env, service, logger),
        },
        {
          provide: Telemetry,
          inject: [Metrics, TRACING, LOGGER],
          useFactory: (
            { registry }: Metrics,
            tracing: Tracing | null,
            logger: Logger,
          ): Telemetry => ({
            registry,
            tracer: tracing?.tracer ?? null,
            logger,
          }),
        },
      ],
      exports: [Telemetry],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.tracing?.stop();
  }
}
