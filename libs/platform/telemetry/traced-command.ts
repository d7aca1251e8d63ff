import {
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import { MeasuredCommand, type Ending, type FollowedCommand } from './measured-command.js';
import { contextOf, isSampled, traceparentOf } from './trace-context.js';

/** Makes a span of a command, and one of each load and append below it. */
export class TracedCommand extends MeasuredCommand {
  /** Of a trace that nobody keeps, events carry nothing. */
  readonly #traceparent: string | undefined;
  readonly #span: Span;
  readonly #context: Context;
  #part: Span | undefined;

  constructor(
    what: FollowedCommand,
    private readonly tracer: Tracer,
    private readonly store: string,
  ) {
    super(what);
    const { aggregate, command, context } = what;
    const parent = contextOf(context.traceparent);
    const attributes = { 'tickets.aggregate': aggregate, 'tickets.command': command };
    this.#span = tracer.startSpan(`command ${command}`, { attributes }, parent);
    this.#context = trace.setSpan(parent, this.#span);
    const sampled = isSampled(this.#span.spanContext().traceFlags);
    this.#traceparent = sampled ? traceparentOf(this.#span) : undefined;
  }

  override get traceparent(): string | undefined {
    return this.#traceparent;
  }

  override entered(part: 'load' | 'append'): void {
    super.entered(part);
    const options = { kind: SpanKind.CLIENT, attributes: { 'db.system.name': this.store } };
    this.#part = this.tracer.startSpan(part, options, this.#context);
  }

  override left(): void {
    super.left();
    this.#leave();
  }

  override conflicted(): void {
    super.conflicted();
    this.#part?.setAttribute('tickets.conflict', true);
    this.#leave();
  }

  override failed(error: unknown): void {
    this.#part?.setStatus({ code: SpanStatusCode.ERROR });
    // Its message may hold what was asked for; its name says what kind of failure it is.
    const message = error instanceof Error ? error.name : 'unknown';
    this.#span.setStatus({ code: SpanStatusCode.ERROR, message });
    super.failed(error);
  }

  protected override ended(ending: Ending): void {
    super.ended(ending);
    this.#leave();
    this.#span.setAttribute('tickets.outcome', ending.outcome);
    if (ending.code !== '') this.#span.setAttribute('tickets.refusal', ending.code);
    this.#span.setAttribute('tickets.attempts', this.attempts);
    this.#span.end();
  }

  #leave(): void {
    this.#part?.end();
    this.#part = undefined;
  }
}
