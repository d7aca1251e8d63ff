import { MeasuredCommand, type Ending, type FollowedCommand } from './measured-command.js';
import type { Attributes, Span, Tracer } from './tracer.js';

/** Makes a span of a command, with a child span for each load and append. */
export class TracedCommand extends MeasuredCommand {
  readonly #span: Span;
  /** The trace context of the child spans. */
  readonly #childContext: string;
  #phase: Span | undefined;

  constructor(
    what: FollowedCommand,
    private readonly tracer: Tracer,
    private readonly store: Attributes,
  ) {
    super(what);
    const { command, context } = what;
    this.#span = tracer.start(`command ${command}`, 'internal', context.traceparent);
    this.#childContext = this.#span.traceparent;
  }

  /** Events of a trace that is not sampled carry no trace context. */
  override get traceparent(): string | undefined {
    return this.#span.sampled ? this.#childContext : undefined;
  }

  override phaseStarted(phase: 'load' | 'append'): void {
    super.phaseStarted(phase);
    this.#phase = this.tracer.start(phase, 'client', this.#childContext);
  }

  override phaseEnded(): void {
    super.phaseEnded();
    this.#endPhase();
  }

  override conflicted(): void {
    super.conflicted();
    this.#endPhase('conflict');
  }

  protected override ended(ending: Ending): void {
    const { outcome, code, problem } = ending;
    this.#endPhase(problem);
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

  #endPhase(problem?: string): void {
    this.#phase?.end(this.store, problem);
    this.#phase = undefined;
  }
}
