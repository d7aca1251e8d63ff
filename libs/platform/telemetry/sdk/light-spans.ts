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
} from '@opentelemetry/sdk-trace-base';
import { isSampled, spanIdOf, traceIdOf } from '../trace-context.js';
import type { Attributes, Span, SpanKind, Tracer } from '../tracer.js';

const kinds: Readonly<Record<SpanKind, Kind>> = {
  internal: Kind.INTERNAL,
  server: Kind.SERVER,
  client: Kind.CLIENT,
  consumer: Kind.CONSUMER,
};

/** What spans are made with, and where those go that are kept. */
export interface LightTracerSettings {
  readonly sampler: Sampler;
  readonly resource: Resource;
  readonly keep: (span: ReadableSpan) => void;
}

/**
 * Makes spans for the SDK's batches and exporters that hold next to nothing: there are five to
 * twelve of them a command, and each waits to be sent for longer than the young generation lasts.
 * The SDK's own cost several times as much, most of it in collecting garbage.
 */
export class LightTracer implements Tracer {
  readonly #ids = new RandomIdGenerator();

  constructor(private readonly settings: LightTracerSettings) {}

  start(name: string, kind: SpanKind, parent: string | undefined, since?: number): Span {
    const traceId = traceIdOf(parent) ?? this.#ids.generateTraceId();
    const spanId = this.#ids.generateSpanId();
    return this.#isKept(name, kind, traceId, parent)
      ? new LightSpan(this.settings, name, kind, parent, traceId, spanId, since)
      : { traceparent: `00-${traceId}-${spanId}-00`, sampled: false, end: nothing };
  }

  #isKept(name: string, kind: SpanKind, traceId: string, parent: string | undefined): boolean {
    const { sampler } = this.settings;
    const context = parent === undefined ? ROOT_CONTEXT : parents[isSampled(parent) ? 1 : 0];
    const { decision } = sampler.shouldSample(context, traceId, name, kinds[kind], {}, []);
    return decision === SamplingDecision.RECORD_AND_SAMPLED;
  }
}

const nothing = (): void => undefined;

/** What samplers look at of a parent: that there is one, and whether it is kept. */
const parentContext = (traceFlags: TraceFlags): Context =>
  trace.setSpanContext(ROOT_CONTEXT, {
    traceId: '1'.repeat(32),
    spanId: '1'.repeat(16),
    traceFlags,
    isRemote: true,
  });
const parents = [parentContext(TraceFlags.NONE), parentContext(TraceFlags.SAMPLED)] as const;

/**
 * Holds numbers, and strings that are there anyway; what the exporter asks for is made when it
 * asks. It is its own span context, for that is asked for most often.
 */
class LightSpan implements Span, ReadableSpan, SpanContext {
  attributes: Attributes = NONE;
  status: SpanStatus = UNSET;
  #until = 0;
  readonly #since: number;

  constructor(
    private readonly settings: LightTracerSettings,
    readonly name: string,
    private readonly turn: SpanKind,
    private readonly parent: string | undefined,
    readonly traceId: string,
    readonly spanId: string,
    since: number | undefined,
  ) {
    this.#since = since ?? performance.now();
  }

  end(attributes: Attributes, problem?: string): void {
    this.#until = performance.now();
    this.attributes = attributes;
    if (problem !== undefined) this.status = { code: SpanStatusCode.ERROR, message: problem };
    this.settings.keep(this);
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
    const { traceId, traceFlags, turn } = this;
    // Requests came over the wire, and events off the log.
    const isRemote = turn === 'server' || turn === 'consumer';
    return { traceId, spanId: spanIdOf(this.parent), traceFlags, isRemote };
  }
  get kind(): Kind {
    return kinds[this.turn];
  }
  get startTime(): HrTime {
    return timeOf(this.#since);
  }
  get endTime(): HrTime {
    return timeOf(this.#until);
  }
  get duration(): HrTime {
    return hrTimeOf(this.#until - this.#since);
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

/** The wall clock's time: `performance.now()` counts from the start, and is never set back. */
const timeOf = (sinceStart: number): HrTime => hrTimeOf(performance.timeOrigin + sinceStart);

function hrTimeOf(milliseconds: number): HrTime {
  const seconds = Math.floor(milliseconds / 1_000);
  return [seconds, Math.round((milliseconds - seconds * 1_000) * 1_000_000)];
}
