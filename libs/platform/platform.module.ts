import { Module, type DynamicModule, type Provider, type Type } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { Configuration } from './configuration.js';
import { Operations } from './http/operations.js';
import { createLogger, LOGGER } from './logging.js';
import { ProblemFilter } from './problems/problem-filter.js';
import { ProblemReporter } from './problems/problem-reporter.js';
import { HealthController } from './process/health.controller.js';
import { Health } from './process/health.js';
import { MetricsController } from './process/metrics.controller.js';
import { Metrics } from './process/metrics.js';
import { RealSystem, System } from './system.js';
import { TelemetryModule } from './telemetry/telemetry.module.js';

export interface PlatformSettings {
  readonly configuration: Configuration;
  /** The service's name in traces, unless OTEL_SERVICE_NAME names it. */
  readonly service: string;
}

/**
 * The infrastructure that all processes share: settings, logger, clock, problem details, and the
 * endpoints `/health` and `/metrics`. Other modules add their checks to {@link Health} and their
 * metrics to {@link Metrics}.
 */
@Module({})
export class PlatformModule {
  static around(module: Type, { configuration, service }: PlatformSettings): DynamicModule {
    const shared: Provider[] = [
      { provide: Configuration, useValue: configuration },
      { provide: LOGGER, useValue: createLogger(configuration.logLevel) },
      { provide: System, useClass: RealSystem },
      Metrics,
      Health,
      Operations,
      ProblemReporter,
    ];
    return {
      module: PlatformModule,
      global: true,
      imports: [TelemetryModule.forRoot(service), module],
      controllers: [MetricsController, HealthController],
      providers: [...shared, { provide: APP_FILTER, useClass: ProblemFilter }],
      exports: shared,
    };
  }
}
