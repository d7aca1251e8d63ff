import 'reflect-metadata';
import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { SqliteEventStore } from '#event-store/sqlite/sqlite-event-store.js';
import { TokenVerifier } from '#platform/authentication/token-verifier.js';
import { readConfiguration } from '#platform/configuration.js';
import { createApplication } from '#platform/http/create-application.js';
import { ProblemReporter } from '#platform/problems/problem-reporter.js';
import { openSnapshots } from '#platform/stores.js';
import { RealSystem, System } from '#platform/system.js';
import { CommandApiModule } from '#apps/command-api/command-api.module.js';
import { commandProviders } from '#apps/command-api/providers.js';
import { applicationOf } from './given.js';
import { serve, settings } from './serve.js';

export interface CommandApiSettings {
  readonly folder: string;
  /** At most so many appends in one commit; the store's default where it is left out. */
  readonly largestGroup?: number;
}

/** The command side alone: HTTP, the command API and the embedded log, without a projector. */
await serve(async () => {
  const { folder, ...grouping } = settings() as CommandApiSettings;
  const configuration = readConfiguration({ DATA_DIR: folder });
  mkdirSync(folder, { recursive: true });
  const log = await SqliteEventStore.open({ folder, ...grouping });
  const snapshots = openSnapshots(configuration);
  const system = new RealSystem();
  const logger = pino({ level: 'warn' }, process.stderr);
  const reporter = new ProblemReporter(logger);
  const telemetry = { registry: new Registry(), tracer: null, logger };
  const app = await createApplication(
    applicationOf(CommandApiModule, [
      { provide: System, useValue: system },
      { provide: ProblemReporter, useValue: reporter },
      ...commandProviders(configuration, log, snapshots, system, telemetry),
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
      snapshots.close();
      await log.close();
    },
  };
});
