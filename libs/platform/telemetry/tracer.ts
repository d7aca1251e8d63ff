/** Whose turn a span is: a request's, a store's that is asked, a reader's of the log, or our own. */
export type SpanKind = 'server' | 'client' | 'consumer' | 'internal';

export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** Begins spans. Whether they are kept and sent is for it to say. */
export interface Tracer {
  /**
   * @param parent - the W3C trace context that the span belongs to; without one it begins a trace
   * @param since - when it began, as `performance.now()` told; now, where it is left out
   */
  start(name: string, kind: SpanKind, parent: string | undefined, since?: number): Span;
}

/** A stretch of work under way. */
export interface Span {
  /** The W3C trace context of whatever belongs to it. */
  readonly traceparent: string;
  /** Whether it is kept; one that is not says so to whoever belongs to it. */
  readonly sampled: boolean;
  /** @param problem - where it failed: what kind of failure it was, in a word. */
  end(attributes: Attributes, problem?: string): void;
}
