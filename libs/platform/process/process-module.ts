import { Module, type DynamicModule, type Provider, type Type } from '@nestjs/common';
import { HealthController } from './health.js';
import { MetricsController } from './metrics.js';

/** What a process serves: its own APIs, and beside them health and metrics. */
@Module({ controllers: [HealthController, MetricsController] })
export class ProcessModule {
  /**
   * @param apis - the modules that it serves
   * @param providers - what they are given: every module sees it. Health and Metrics are among them.
   */
  static serving(apis: readonly Type[], providers: Provider[]): DynamicModule {
    const given: DynamicModule = {
      module: GivenModule,
      global: true,
      providers,
      exports: providers.map((provider) => ('provide' in provider ? provider.provide : provider)),
    };
    return { module: ProcessModule, imports: [...apis, given] };
  }
}

@Module({})
class GivenModule {}
