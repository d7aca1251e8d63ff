import { Module, type DynamicModule, type Type } from '@nestjs/common';
import type { Configuration } from './configuration.js';
import { ConfigurationModule } from './configuration.module.js';
import { LoggingModule } from './logging.module.js';
import { ProblemsModule } from './problems/problems.module.js';
import { HealthModule } from './process/health.module.js';
import { MetricsModule } from './process/metrics.module.js';
import { SystemModule } from './system.module.js';
import { TelemetryModule } from './telemetry/telemetry.module.js';

export interface PlatformSettings {
  readonly configuration: Configuration;
  /** The service's name in traces, unless OTEL_SERVICE_NAME names it. */
  readonly service: string;
}

/** The infrastructure that all processes share. */
@Module({})
export class PlatformModule {
  static around(module: Type, { configuration, service }: PlatformSettings): DynamicModule {
    return {
      module: PlatformModule,
      imports: [
        ConfigurationModule.forRoot(configuration),
        LoggingModule,
        SystemModule,
        MetricsModule,
        TelemetryModule.forRoot(service),
        ProblemsModule,
        HealthModule,
        module,
      ],
    };
  }
}
