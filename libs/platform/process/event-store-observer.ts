import type { Logger } from 'pino';
import { Counter } from 'prom-client';
import type { EventStoreObserver } from '../stores.js';
import type { Metrics } from './metrics.js';

/** Logs and counts what happens to the log of a process. */
export function eventStoreObserver(logger: Logger, { registry }: Metrics): EventStoreObserver {
  const deaths = new Counter({
    name: 'tickets_log_writer_deaths_total',
    help: 'How often the writer thread of the embedded log died and was started again',
    registers: [registry],
  });
  return {
    onProgress: (message) => {
      logger.info(message);
    },
    onWriterDeath: (error) => {
      deaths.inc();
      logger.error({ err: error }, 'log writer died');
    },
  };
}
