import type { Provider, Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { TokenVerifier } from '../authentication/token-verifier.js';
import type { Configuration } from '../configuration.js';
import { createApplication, createOpenApplication } from '../http/create-application.js';
import { ProblemReporter } from '../problems/problem-reporter.js';
import { System } from '../system.js';
import { countsLookups } from '../telemetry/cache-metrics.js';
import type { Telemetry } from '../telemetry/telemetry.js';
import type { Tracer } from '../telemetry/tracer.js';
import { Health, type PartHealth } from './health.js';
import { Metrics } from './metrics.js';
import { ProcessModule } from './process-module.js';

/** What every process has, whatever it serves. */
export interface Process {
  readonly configuration: Configuration;
  readonly logger: Logger;
  /** Null where nothing is traced. */
  readonly tracer: Tracer | null;
  readonly system: System;
  readonly metrics: Metrics;
  /** How its own parts are. */
  readonly health: () => Promise<Readonly<Record<string, PartHealth>>>;
}

/** An application with APIs, for users with tokens. */
export async function applicationWith(
  process: Process,
  apis: readonly Type[],
  providers: readonly Provider[],
): Promise<NestFastifyApplication> {
  const { configuration, logger } = process;
  const telemetry = telemetryOf(process);
  const verifier = await TokenVerifier.create(configuration);
  verifier.looked = countsLookups(telemetry.registry, 'verified tokens');
  const reporter = new ProblemReporter(logger);
  const module = ProcessModule.serving(apis, [...commonProviders(process, reporter), ...providers]);
  return createApplication(module, verifier, reporter, telemetry);
}

/** Health and metrics alone. */
export function applicationForProbes(process: Process): Promise<NestFastifyApplication> {
  const reporter = new ProblemReporter(process.logger);
  const module = ProcessModule.serving([], commonProviders(process, reporter));
  return createOpenApplication(module, reporter, telemetryOf(process));
}

export const telemetryOf = ({ metrics, tracer, logger }: Omit<Process, 'health'>): Telemetry => ({
  registry: metrics.registry,
  tracer,
  logger,
});

const commonProviders = (
  { system, metrics, health }: Process,
  reporter: ProblemReporter,
): Provider[] => [
  { provide: System, useValue: system },
  { provide: Metrics, useValue: metrics },
  { provide: Health, useValue: { check: health } satisfies Health },
  { provide: ProblemReporter, useValue: reporter },
];

export const listen = async (
  app: NestFastifyApplication,
  { host, port }: Pick<Configuration, 'host' | 'port'>,
): Promise<string> => {
  await app.listen({ host, port });
  return app.getUrl();
};
