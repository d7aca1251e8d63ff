import 'reflect-metadata';
import { pino } from 'pino';
import { readConfiguration } from '#platform/configuration.js';
import { startStandalone } from '#apps/standalone/service.js';
import { serve, settings } from './serve.js';

/** The whole service in one process, projector included: what `npm start` runs. */
await serve(async () => {
  const { folder } = settings() as { readonly folder: string };
  const configuration = readConfiguration({ DATA_DIR: folder, PORT: '0' });
  const service = await startStandalone(configuration, pino({ level: 'warn' }, process.stderr));
  return { port: Number(new URL(service.url).port), stop: () => service.stop() };
});
