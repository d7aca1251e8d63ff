/** What a span covers: a request, a call to a store, a consumed event, or work of our own. */
export type SpanKind = 'server' | 'client' | 'consumer' | 'internal';

export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** Starts spans, and decides which are sampled. */
export interface Tracer {
  /**
   * @param parent - the W3C trace context of the parent; without one the span starts a trace
   * @param since - when the span started, by `performance.now()`, in milliseconds
   *   (default: now)
   */
  start(name: string, kind: SpanKind, parent: string | undefined, since?: number): Span;
}

/** A piece of work in progress. */
export interface Span {
  /** The W3C trace context for child spans. */
  readonly traceparent: string;
  /** Whether the span is exported; the flags of `traceparent` say the same to children. */
  readonly sampled: boolean;
  /** @param problem - the kind of failure, in a word, if the work failed */
  end(attributes: Attributes, problem?: string): void;
}
