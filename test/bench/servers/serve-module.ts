import type { AddressInfo } from 'node:net';
import type { Type } from '@nestjs/common';
import { readConfiguration } from '#platform/configuration.js';
import { createApplication } from '#platform/http/create-application.js';
import type { Served } from './serve.js';

/** Serves a module like a process, on a free port, with the settings of an environment. */
export async function serveModule(
  module: Type,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Served> {
  const configuration = readConfiguration({ LOG_LEVEL: 'warn', PORT: '0', ...environment });
  const settings = { configuration, service: 'service-tickets', serving: 'users' } as const;
  const app = await createApplication(module, settings);
  await app.listen({ host: configuration.host, port: configuration.port });
  const { port } = app.getHttpServer().address() as AddressInfo;
  return { port, stop: () => app.close() };
}
