import 'reflect-metadata';
import { pino } from 'pino';
import { readConfiguration } from '#platform/configuration.js';
import { createLogger } from '#platform/logging.js';
import { startTracing } from '#platform/telemetry/tracing.js';
import { startStandalone } from '#apps/standalone/service.js';
import { serve, settings } from './serve.js';

export interface StandaloneSettings {
  readonly folder: string;
  /** Where the log is; in the folder without it. */
  readonly eventStoreUrl?: string;
  /** Where traces go; without it nothing is traced, and little logged. */
  readonly tracesTo?: string;
}

/** The whole service in one process, projector included: what `npm start` runs. */
await serve(async () => {
  const { folder, eventStoreUrl, tracesTo } = settings() as StandaloneSettings;
  const configuration = readConfiguration({
    DATA_DIR: folder,
    PORT: '0',
    EVENTSTORE_URL: eventStoreUrl,
  });
  if (tracesTo !== undefined) process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = tracesTo;
  const logger =
    tracesTo === undefined ? pino({ level: 'warn' }, process.stderr) : createLogger('info');
  const tracing = await startTracing(process.env, 'service-tickets', logger);
  const service = await startStandalone(configuration, logger, tracing?.tracer);
  return {
    port: Number(new URL(service.url).port),
    stop: async () => {
      await service.stop();
      await tracing?.stop();
    },
  };
});
