import type { Logger } from 'pino';
import type { Tracing } from './sdk/start-sdk.js';

export type { Tracing } from './sdk/start-sdk.js';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Begins to trace where OpenTelemetry's own environment variables say where to. Where they do not,
 * nothing of its SDK is loaded. A collector that cannot be had harms nobody: it is told in the log.
 *
 * @param service - the name that spans have where OTEL_SERVICE_NAME gives none
 */
export async function startTracing(
  environment: Environment,
  service: string,
  logger: Logger,
): Promise<Tracing | null> {
  if (!isTracingOn(environment)) return null;
  const { startSdk } = await import('./sdk/start-sdk.js');
  return startSdk(environment, service, logger);
}

/** By https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/. */
export function isTracingOn(environment: Environment): boolean {
  const has = (name: string) => (environment[name] ?? '') !== '';
  if (environment['OTEL_SDK_DISABLED']?.toLowerCase() === 'true') return false;
  if (environment['OTEL_TRACES_EXPORTER'] === 'none') return false;
  return has('OTEL_EXPORTER_OTLP_ENDPOINT') || has('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT');
}
