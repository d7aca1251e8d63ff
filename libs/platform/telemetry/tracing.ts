import type { Logger } from 'pino';
import type { Tracing } from './sdk/start-sdk.js';

export type { Tracing } from './sdk/start-sdk.js';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Starts tracing if OpenTelemetry's environment variables name an endpoint; otherwise nothing of its
 * SDK is loaded. A collector that cannot be reached is logged and affects nothing else.
 *
 * @param service - the service name of spans if OTEL_SERVICE_NAME is not set
 * @returns null if tracing is off
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

/** See https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/. */
export function isTracingOn(environment: Environment): boolean {
  const has = (name: string) => (environment[name] ?? '') !== '';
  if (environment['OTEL_SDK_DISABLED']?.toLowerCase() === 'true') return false;
  if (environment['OTEL_TRACES_EXPORTER'] === 'none') return false;
  return has('OTEL_EXPORTER_OTLP_ENDPOINT') || has('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT');
}
