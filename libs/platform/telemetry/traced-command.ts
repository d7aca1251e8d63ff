import { MeasuredCommand, type Ending, type FollowedCommand } from './measured-command.js';
import type { Attributes, Span, Tracer } from './tracer.js';

/** Makes a span of a command, and one of each load and append below it. */
export class TracedCommand extends MeasuredCommand {
  readonly #span: Span;
  /** The trace context of what is below it. */
  readonly #below: string;
  #part: Span | undefined;

  constructor(
    what: FollowedCommand,
    private readonly tracer: Tracer,
    private readonly store: Attributes,
  ) {
    super(what);
    const { command, context } = what;
    this.#span = tracer.start(`command ${command}`, 'internal', context.traceparent);
    this.#below = this.#span.traceparent;
  }

  /** Of a trace that nobody keeps, events carry nothing. */
  override get traceparent(): string | undefined {
    return this.#span.sampled ? this.#below : undefined;
  }

  override entered(part: 'load' | 'append'): void {
    super.entered(part);
    this.#part = this.tracer.start(part, 'client', this.#below);
  }

  override left(): void {
    super.left();
    this.#leave();
  }

  override conflicted(): void {
    super.conflicted();
    this.#leave('conflict');
  }

  protected override ended(ending: Ending): void {
    const { outcome, code, problem } = ending;
    this.#leave(problem);
    super.ended(ending);
    const { aggregate, command } = this.what;
    const attributes: Attributes = {
      'tickets.aggregate': aggregate,
      'tickets.command': command,
      'tickets.outcome': outcome,
      'tickets.attempts': this.attempts,
    };
    this.#span.end(code === '' ? attributes : { ...attributes, 'tickets.refusal': code }, problem);
  }

  #leave(problem?: string): void {
    this.#part?.end(this.store, problem);
    this.#part = undefined;
  }
}
