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
import { SeldomLog } from './seldom-log.js';
import type { Tracer } from '../tracer.js';

/** Spans are made and sent somewhere. */
export interface Tracing {
  readonly tracer: Tracer;
  /** Sends what is left, for a few seconds at most. */
  stop(): Promise<void>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** How long the last spans may take to be sent when the process stops. */
const LONGEST_STOP_MILLISECONDS = 2_000;

/** What goes wrong in here is told at most once in so long. */
const TELL_MILLISECONDS = 60_000;

/**
 * OpenTelemetry's SDK, set up by its own environment variables: endpoint, headers, timeouts,
 * sampler, batches and resource are read by the SDK itself. Spans are sent in batches, of which a
 * bounded number waits: what is too much is dropped.
 */
export function startSdk(environment: Environment, service: string, logger: Logger): Tracing {
  const seldom = new SeldomLog(logger, TELL_MILLISECONDS);
  diag.setLogger(seldom, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
  const batches = new BatchSpanProcessor(exporterFor(environment, seldom), batchesFor(environment));
  const tracer = new LightTracer({
    sampler: samplerFor(environment, (message) => {
      seldom.warn(message);
    }),
    resource: defaultResource()
      .merge(resourceFromAttributes({ 'service.name': service }))
      .merge(detectResources({ detectors: [envDetector] })),
    keep: (span) => {
      batches.onEnd(span);
    },
  });
  return {
    tracer,
    stop: async () => {
      const sent = batches.shutdown().catch((error: unknown) => {
        seldom.error((error as Error).message);
      });
      await Promise.race([sent, setTimeout(LONGEST_STOP_MILLISECONDS, undefined, { ref: false })]);
    },
  };
}

/**
 * The SDK's own queue takes 2,048 spans, which a busy service makes in a fifth of a second: less
 * than one export may take. A queue of this size, some megabytes at most, loses none of them.
 */
const batchesFor = (environment: Environment) =>
  ['OTEL_BSP_MAX_QUEUE_SIZE', 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE'].some((name) => environment[name])
    ? {}
    : { maxQueueSize: 16_384, maxExportBatchSize: 1_024 };

function exporterFor(environment: Environment, seldom: SeldomLog): JsonExporter | ProtobufExporter {
  const protocol =
    environment['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL'] ?? environment['OTEL_EXPORTER_OTLP_PROTOCOL'];
  if (protocol === 'http/json') return new JsonExporter();
  if (protocol !== undefined && protocol !== '' && protocol !== 'http/protobuf') {
    seldom.warn(
      `OTEL_EXPORTER_OTLP_PROTOCOL is ${protocol}, and http/protobuf is spoken instead: give the endpoint of OTLP over HTTP (usually port 4318), or set http/json.`,
    );
  }
  return new ProtobufExporter();
}
