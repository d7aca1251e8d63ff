import type { Logger } from 'pino';
import { Counter, Gauge } from 'prom-client';
import type { EventStoreObserver } from '../stores.js';
import type { Metrics } from './metrics.js';

/** Logs and counts what happens to the log of a process. */
export function eventStoreObserver(logger: Logger, { registry }: Metrics): EventStoreObserver {
  const deaths = new Counter({
    name: 'tickets_log_writer_deaths_total',
    help: 'How often the writer thread of the embedded log died and was started again',
    registers: [registry],
  });
  const writable = new Gauge({
    name: 'tickets_log_writable',
    help: 'Whether the log accepts commands (1) or refuses them (0)',
    registers: [registry],
  });
  writable.set(1);
  return {
    onProgress: (message) => {
      logger.info(message);
    },
    onWriterDeath: (error) => {
      deaths.inc();
      logger.error({ err: error }, 'log writer died');
    },
    onRefusal: (refusal) => {
      writable.set(refusal === null ? 1 : 0);
      if (refusal === null) logger.info('log accepts commands again');
      else logger.error({ err: refusal }, 'log refuses commands');
    },
  };
}
