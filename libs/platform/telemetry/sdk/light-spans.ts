import {
  ROOT_CONTEXT,
  SpanKind as Kind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Context,
  type HrTime,
  type SpanContext,
  type SpanStatus,
} from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import {
  RandomIdGenerator,
  SamplingDecision,
  type ReadableSpan,
  type Sampler,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { isSampled, spanIdOf, traceIdOf } from '../trace-context.js';
import type { Attributes, Span, SpanKind, Tracer } from '../tracer.js';

const kinds: Readonly<Record<SpanKind, Kind>> = {
  internal: Kind.INTERNAL,
  server: Kind.SERVER,
  client: Kind.CLIENT,
  consumer: Kind.CONSUMER,
};

export interface LightTracerSettings {
  readonly sampler: Sampler;
  readonly resource: Resource;
  /** Receives sampled spans when they end. */
  readonly processor: Pick<SpanProcessor, 'onEnd'>;
}

/**
 * A tracer for the SDK's own samplers, processors and exporters, with spans that hold very little.
 * A command makes about six spans, and each waits for its export longer than the young
 * generation lasts. With the SDK's spans a command costs 13 % more CPU (docs/adr/0013).
 */
export class LightTracer implements Tracer {
  readonly #ids = new RandomIdGenerator();

  constructor(private readonly settings: LightTracerSettings) {}

  start(name: string, kind: SpanKind, parent: string | undefined, since?: number): Span {
    const traceId = traceIdOf(parent) ?? this.#ids.generateTraceId();
    const spanId = this.#ids.generateSpanId();
    return this.#isSampled(name, kind, traceId, parent)
      ? new LightSpan(this.settings, name, kind, parent, traceId, spanId, since)
      : { traceparent: `00-${traceId}-${spanId}-00`, sampled: false, end: () => undefined };
  }

  #isSampled(name: string, kind: SpanKind, traceId: string, parent: string | undefined): boolean {
    const { sampler } = this.settings;
    const context = parent === undefined ? ROOT_CONTEXT : parents[isSampled(parent) ? 1 : 0];
    const { decision } = sampler.shouldSample(context, traceId, name, kinds[kind], {}, []);
    return decision === SamplingDecision.RECORD_AND_SAMPLED;
  }
}

/** All that the SDK's samplers use of a parent: that it exists, and whether it is sampled. */
const parentContext = (traceFlags: TraceFlags): Context =>
  trace.setSpanContext(ROOT_CONTEXT, {
    traceId: '1'.repeat(32),
    spanId: '1'.repeat(16),
    traceFlags,
    isRemote: true,
  });
const parents = [parentContext(TraceFlags.NONE), parentContext(TraceFlags.SAMPLED)] as const;

/**
 * Holds numbers, and strings that exist anyway; getters compute what the exporter reads. It is its
 * own span context, since the exporter reads that most often.
 */
class LightSpan implements Span, ReadableSpan, SpanContext {
  attributes: Attributes = NONE;
  status: SpanStatus = UNSET;
  readonly #sinceMs: number;
  #untilMs = 0;

  constructor(
    private readonly settings: LightTracerSettings,
    readonly name: string,
    private readonly spanKind: SpanKind,
    private readonly parent: string | undefined,
    readonly traceId: string,
    readonly spanId: string,
    sinceMs: number | undefined,
  ) {
    this.#sinceMs = sinceMs ?? performance.now();
  }

  end(attributes: Attributes, problem?: string): void {
    this.#untilMs = performance.now();
    this.attributes = attributes;
    if (problem !== undefined) this.status = { code: SpanStatusCode.ERROR, message: problem };
    this.settings.processor.onEnd(this);
  }

  get sampled(): boolean {
    return true;
  }
  get traceparent(): string {
    return `00-${this.traceId}-${this.spanId}-01`;
  }
  get traceFlags(): TraceFlags {
    return TraceFlags.SAMPLED;
  }
  spanContext(): SpanContext {
    return this;
  }
  get parentSpanContext(): SpanContext | undefined {
    if (this.parent === undefined) return undefined;
    const { traceId, traceFlags, spanKind } = this;
    // The parent of a request came over the network, that of an event from the log.
    const isRemote = spanKind === 'server' || spanKind === 'consumer';
    return { traceId, spanId: spanIdOf(this.parent), traceFlags, isRemote };
  }
  get kind(): Kind {
    return kinds[this.spanKind];
  }
  get startTime(): HrTime {
    return hrTimeOf(performance.timeOrigin + this.#sinceMs);
  }
  get endTime(): HrTime {
    return hrTimeOf(performance.timeOrigin + this.#untilMs);
  }
  get duration(): HrTime {
    return hrTimeOf(this.#untilMs - this.#sinceMs);
  }
  get ended(): boolean {
    return true;
  }
  get resource(): Resource {
    return this.settings.resource;
  }
  get instrumentationScope(): typeof SCOPE {
    return SCOPE;
  }
  get links(): [] {
    return [];
  }
  get events(): [] {
    return [];
  }
  get droppedAttributesCount(): number {
    return 0;
  }
  get droppedEventsCount(): number {
    return 0;
  }
  get droppedLinksCount(): number {
    return 0;
  }
}

const SCOPE = { name: 'service-tickets' };
const NONE: Attributes = {};
const UNSET: SpanStatus = { code: SpanStatusCode.UNSET };

/** OpenTelemetry's time format: seconds and nanoseconds. */
function hrTimeOf(milliseconds: number): HrTime {
  const seconds = Math.floor(milliseconds / 1_000);
  return [seconds, Math.round((milliseconds - seconds * 1_000) * 1_000_000)];
}
