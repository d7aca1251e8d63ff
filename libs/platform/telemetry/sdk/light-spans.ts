import {
  ROOT_CONTEXT,
  SpanKind as Kind,
  SpanStatusCode,
  trace,
  TraceFlags,
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

const SCOPE = { name: 'service-tickets' };

/** What spans are made with, and where those go that are kept. */
export interface LightTracerSettings {
  readonly sampler: Sampler;
  readonly resource: Resource;
  readonly keep: (span: ReadableSpan) => void;
}

/**
 * Makes spans for the SDK's batches and exporters that hold next to nothing: there are five to
 * twelve of them a command, and the SDK's own cost several times as much, most of it in garbage.
 */
export class LightTracer implements Tracer {
  readonly #ids = new RandomIdGenerator();

  constructor(private readonly settings: LightTracerSettings) {}

  start(name: string, kind: SpanKind, parent: string | undefined, since?: number): Span {
    const { sampler, resource, keep } = this.settings;
    const traceId = traceIdOf(parent) ?? this.#ids.generateTraceId();
    const context =
      parent === undefined
        ? ROOT_CONTEXT
        : trace.setSpanContext(ROOT_CONTEXT, contextFrom(parent, isReached(kind)));
    const { decision } = sampler.shouldSample(context, traceId, name, kinds[kind], {}, []);
    const sampled = decision === SamplingDecision.RECORD_AND_SAMPLED;
    const spanId = this.#ids.generateSpanId();
    const traceparent = `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`;
    return sampled
      ? new LightSpan(name, kind, traceparent, parent, since, resource, keep)
      : { traceparent, sampled, end: nothing };
  }
}

const nothing = (): void => undefined;

/** Holds numbers and strings that are there anyway; what the exporter asks for is made when it asks. */
class LightSpan implements Span, ReadableSpan {
  readonly sampled = true;
  readonly links = [];
  readonly events = [];
  readonly ended = true;
  readonly droppedAttributesCount = 0;
  readonly droppedEventsCount = 0;
  readonly droppedLinksCount = 0;
  readonly instrumentationScope = SCOPE;
  attributes: Attributes = {};
  status: SpanStatus = UNSET;
  readonly #since: number;
  #until = 0;

  constructor(
    readonly name: string,
    private readonly turn: SpanKind,
    readonly traceparent: string,
    private readonly parent: string | undefined,
    since: number | undefined,
    readonly resource: Resource,
    private readonly keep: (span: ReadableSpan) => void,
  ) {
    this.#since = since ?? performance.now();
  }

  end(attributes: Attributes, problem?: string): void {
    this.#until = performance.now();
    this.attributes = attributes;
    if (problem !== undefined) this.status = { code: SpanStatusCode.ERROR, message: problem };
    this.keep(this);
  }

  get kind(): Kind {
    return kinds[this.turn];
  }
  spanContext(): SpanContext {
    return contextFrom(this.traceparent, false);
  }
  get parentSpanContext(): SpanContext | undefined {
    return this.parent === undefined ? undefined : contextFrom(this.parent, isReached(this.turn));
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
}

/** Whether what a span belongs to is elsewhere: what began it came over the wire, or off the log. */
const isReached = (kind: SpanKind): boolean => kind === 'server' || kind === 'consumer';

const UNSET: SpanStatus = { code: SpanStatusCode.UNSET };

const contextFrom = (traceparent: string, isRemote: boolean): SpanContext => ({
  traceId: traceparent.slice(3, 35),
  spanId: spanIdOf(traceparent),
  traceFlags: isSampled(traceparent) ? TraceFlags.SAMPLED : TraceFlags.NONE,
  isRemote,
});

/**
 * What the clocks are apart: `performance.now()` counts from the start, and goes on steadily where
 * the wall clock is set.
 */
const timeOf = (sinceStart: number): HrTime => hrTimeOf(performance.timeOrigin + sinceStart);

function hrTimeOf(milliseconds: number): HrTime {
  const seconds = Math.floor(milliseconds / 1_000);
  return [seconds, Math.round((milliseconds - seconds * 1_000) * 1_000_000)];
}
