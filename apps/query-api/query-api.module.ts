import { Module } from '@nestjs/common';
import { Configuration } from '#platform/configuration.js';
import { checkOfDisk } from '#platform/process/disk-health.js';
import { Health } from '#platform/process/health.js';
import { degraded, logAndConsumers, OK } from '#platform/process/part-health.js';
import { ConsumerStates } from '#platform/process/consumer-states.js';
import { StoresModule } from '#platform/stores.module.js';
import { QueriesModule } from './queries.module.js';

/** The process that answers queries. It writes neither to the log nor to the read models. */
@Module({ imports: [StoresModule.forReading(), QueriesModule] })
export class QueryApiModule {
  constructor(health: Health, configuration: Configuration, states: ConsumerStates) {
    health.addCheck(checkOfDisk(configuration, false));
    health.addCheck(async () => {
      const { log, ...projections } = await logAndConsumers(states);
      // Without the log, queries return what was projected last.
      return { log: log.state === 'ok' ? OK : degraded(log.detail), ...projections };
    });
  }
}
