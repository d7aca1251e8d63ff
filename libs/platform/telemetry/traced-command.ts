import { MeasuredCommand, type Ending, type FollowedCommand } from './measured-command.js';
import type { Span, Tracer } from './tracer.js';

/** Makes a span of a command, and one of each load and append below it. */
export class TracedCommand extends MeasuredCommand {
  readonly #span: Span;
  #part: Span | undefined;

  constructor(
    what: FollowedCommand,
    private readonly tracer: Tracer,
    private readonly store: string,
  ) {
    super(what);
    const { command, context } = what;
    this.#span = tracer.start(`command ${command}`, 'internal', context.traceparent);
  }

  /** Of a trace that nobody keeps, events carry nothing. */
  override get traceparent(): string | undefined {
    return this.#span.sampled ? this.#span.traceparent : undefined;
  }

  override entered(part: 'load' | 'append'): void {
    super.entered(part);
    this.#part = this.tracer.start(part, 'client', this.#span.traceparent);
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
    this.#span.end(
      {
        'tickets.aggregate': aggregate,
        'tickets.command': command,
        'tickets.outcome': outcome,
        'tickets.attempts': this.attempts,
        ...(code === '' ? {} : { 'tickets.refusal': code }),
      },
      problem,
    );
  }

  #leave(problem?: string): void {
    this.#part?.end({ 'db.system.name': this.store }, problem);
    this.#part = undefined;
  }
}
