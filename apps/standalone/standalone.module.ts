import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { CommandApiModule } from '../command-api/command-api.module.js';
import { QueryApiModule } from '../query-api/query-api.module.js';
import { HealthController } from './health.js';
import { MetricsController } from './metrics.js';

/** Commands and queries in one application, on what `service.ts` opened. */
@Module({
  imports: [CommandApiModule, QueryApiModule],
  controllers: [HealthController, MetricsController],
})
export class StandaloneModule {
  /** What both APIs are given: every module sees it. */
  static with(providers: Provider[]): DynamicModule {
    const given: DynamicModule = {
      module: GivenModule,
      global: true,
      providers,
      exports: providers.map((provider) => ('provide' in provider ? provider.provide : provider)),
    };
    return { module: StandaloneModule, imports: [given] };
  }
}

@Module({})
class GivenModule {}
