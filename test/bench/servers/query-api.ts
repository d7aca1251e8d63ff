import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { ProjectionStates } from '#platform/process/projection-states.js';
import { queryProviders } from '#apps/query-api/providers.js';
import { QueryApiModule } from '#apps/query-api/query-api.module.js';
import { TokenVerifier } from '#platform/authentication/token-verifier.js';
import { readConfiguration } from '#platform/configuration.js';
import { createApplication } from '#platform/http/create-application.js';
import { ProblemReporter } from '#platform/problems/problem-reporter.js';
import { openEventReader, openViewStore } from '#platform/stores.js';
import { RealSystem, System } from '#platform/system.js';
import { applicationOf } from './given.js';
import { serve, settings } from './serve.js';

/** The query side alone, on read models that are there already: nothing is projected. */
await serve(async () => {
  const { folder } = settings() as { readonly folder: string };
  const configuration = readConfiguration({ DATA_DIR: folder });
  const log = await openEventReader(configuration);
  const store = await openViewStore(configuration);
  const system = new RealSystem();
  const logger = pino({ level: 'warn' }, process.stderr);
  const reporter = new ProblemReporter(logger);
  const telemetry = { registry: new Registry(), tracer: null, logger };
  const app = await createApplication(
    applicationOf(QueryApiModule, [
      { provide: System, useValue: system },
      { provide: ProblemReporter, useValue: reporter },
      ...queryProviders(log, store, new ProjectionStates(store, log, system)),
    ]),
    await TokenVerifier.create(configuration),
    reporter,
    telemetry,
  );
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.getHttpServer().address() as AddressInfo;
  return {
    port,
    stop: async () => {
      await app.close();
      await store.close();
      await log.close();
    },
  };
});
