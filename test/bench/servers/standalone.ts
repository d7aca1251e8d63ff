import 'reflect-metadata';
import { StandaloneModule } from '#apps/standalone/standalone.module.js';
import { serveModule } from './serve-module.js';
import { serve, settings } from './serve.js';

export interface StandaloneSettings {
  readonly folder: string;
  /** The address of EventStoreDB. @default the log is in the folder */
  readonly eventStoreUrl?: string;
  /** The address of the trace receiver. @default no traces, and only warnings are logged */
  readonly tracesTo?: string;
}

const { folder, eventStoreUrl, tracesTo } = settings() as StandaloneSettings;
if (tracesTo !== undefined) process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = tracesTo;

/** The whole service in one process, projector included, as `npm start` runs it. */
await serve(() =>
  serveModule(StandaloneModule, {
    DATA_DIR: folder,
    EVENTSTORE_URL: eventStoreUrl,
    LOG_LEVEL: tracesTo === undefined ? 'warn' : 'info',
  }),
);
