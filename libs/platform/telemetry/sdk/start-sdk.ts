import { setTimeout } from 'node:timers/promises';
import { diag, DiagLogLevel } from '@opentelemetry/api';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { Logger } from 'pino';
import { LightTracer } from './light-spans.js';
import { samplerFor } from './sampler.js';
import { LimitedLog } from '../../limited-log.js';
import { DiagnosticsLog } from './diagnostics-log.js';
import type { Tracer } from '../tracer.js';

/** Creates spans and exports them. */
export interface Tracing {
  readonly tracer: Tracer;
  /** Exports the remaining spans, for a few seconds at most. */
  stop(): Promise<void>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** How long the export of the last spans may delay a shutdown. */
const MAX_SHUTDOWN_MS = 2_000;

/**
 * Starts OpenTelemetry's SDK with its own environment variables: the SDK itself reads endpoint,
 * headers, timeouts, batches and resource. Spans wait for export in a bounded queue; when it is
 * full, spans are dropped.
 */
export function startSdk(environment: Environment, service: string, logger: Logger): Tracing {
  const diagnostics = new DiagnosticsLog(new LimitedLog(logger));
  diag.setLogger(diagnostics, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
  const batches = new BatchSpanProcessor(
    exporterFor(environment, diagnostics),
    batchesFor(environment),
  );
  const tracer = new LightTracer({
    sampler: samplerFor(environment, (message) => {
      diagnostics.warn(message);
    }),
    resource: defaultResource()
      .merge(resourceFromAttributes({ 'service.name': service }))
      .merge(detectResources({ detectors: [envDetector] })),
    processor: batches,
  });
  return {
    tracer,
    stop: async () => {
      const sent = batches.shutdown().catch((error: unknown) => {
        diagnostics.error((error as Error).message);
      });
      await Promise.race([sent, setTimeout(MAX_SHUTDOWN_MS, undefined, { ref: false })]);
    },
  };
}

/**
 * The SDK's default queue takes 2,048 spans. A busy service makes as many in a fifth of a second,
 * which is less than one export may take. A queue of this size loses none; it takes some megabytes.
 */
const batchesFor = (environment: Environment) =>
  ['OTEL_BSP_MAX_QUEUE_SIZE', 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE'].some((name) => environment[name])
    ? {}
    : { maxQueueSize: 16_384, maxExportBatchSize: 1_024 };

function exporterFor(
  environment: Environment,
  diagnostics: DiagnosticsLog,
): JsonExporter | ProtobufExporter {
  const protocol =
    environment['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL'] ?? environment['OTEL_EXPORTER_OTLP_PROTOCOL'];
  if (protocol === 'http/json') return new JsonExporter();
  if (protocol !== undefined && protocol !== '' && protocol !== 'http/protobuf') {
    diagnostics.warn(
      `OTEL_EXPORTER_OTLP_PROTOCOL is ${protocol}, which is not supported; http/protobuf is used. Give the endpoint of OTLP over HTTP (usually port 4318).`,
    );
  }
  return new ProtobufExporter();
}
