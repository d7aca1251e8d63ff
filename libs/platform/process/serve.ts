import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { createApplication, type ApplicationSettings } from '../http/create-application.js';
import { listen } from '../http/listen.js';
import { Operations } from '../http/operations.js';
import { LOGGER, logWarnings } from '../logging.js';

interface Served {
  readonly app: NestFastifyApplication;
  /** Its address for callers. */
  readonly url: string;
  /** Its address for operators, if it is a different one. */
  readonly operations: string | null;
}

/**
 * Creates the application of a process, and listens.
 *
 * @param narrowed - the files that were open to others until now
 * @throws Error if a store, a key or the port cannot be used; its message says what to do.
 */
export async function serve(
  module: Type,
  settings: ApplicationSettings,
  narrowed: readonly string[],
): Promise<Served> {
  const app = await createApplication(module, settings);
  const logger = app.get<Logger>(LOGGER);
  if (narrowed.length > 0) logger.warn({ narrowed }, 'data folder was open to others');
  logWarnings(logger);
  const url = await listen(app, settings.configuration);
  return { app, url, operations: app.get(Operations).url };
}
