import type { Logger } from 'pino';
import { StoreUnavailable } from '#event-store/event-store.js';
import type { CommandContext } from '#event-sourcing/command-events.js';
import type { CommandTrail } from '#event-sourcing/command-observer.js';
import type { Outcome } from '#event-sourcing/outcome.js';
import type { AppendEnd, CommandMetrics } from './command-metrics.js';
import { traceIdOf } from './trace-context.js';

/** A command and the targets of its metrics. */
export interface FollowedCommand {
  readonly aggregate: string;
  readonly command: string;
  readonly context: CommandContext;
  readonly count: (outcome: string, code: string) => void;
  readonly metrics: CommandMetrics;
  readonly logger: Logger;
}

/** How a command ended; for a refusal also its code. */
export interface Ending {
  readonly outcome: string;
  readonly code: string;
  /** The name of the error; its message may contain data of the request. */
  readonly problem?: string;
}

/** Counts and times a command, and logs it at level debug: its name, never its contents. */
export class MeasuredCommand implements CommandTrail {
  protected attempts = 1;
  readonly #begun = performance.now();
  #appending = 0;

  constructor(protected readonly what: FollowedCommand) {}

  /** Without tracing, events carry the caller's trace context. */
  get traceparent(): string | undefined {
    return this.what.context.traceparent;
  }

  stateLookedUp(cached: boolean): void {
    if (this.attempts === 1) this.what.metrics.stateLookedUp(cached);
  }

  phaseStarted(phase: 'load' | 'append'): void {
    if (phase === 'append') this.#appending = performance.now();
  }

  phaseEnded(): void {
    this.#appended('appended');
  }

  conflicted(): void {
    const { aggregate, command, metrics } = this.what;
    this.#appended('conflict');
    this.attempts += 1;
    metrics.conflicted(aggregate, command);
  }

  completed(outcome: Outcome): void {
    this.ended(endingOf(outcome));
  }

  failed(error: unknown): void {
    this.#appended('failed');
    const outcome = error instanceof StoreUnavailable ? 'unavailable' : 'failed';
    this.ended({ outcome, code: '', problem: error instanceof Error ? error.name : 'unknown' });
  }

  protected ended({ outcome, code }: Ending): void {
    const { aggregate, command, context, count, logger } = this.what;
    count(outcome, code);
    if (!logger.isLevelEnabled('debug')) return;
    logger.debug(
      {
        aggregate,
        command,
        outcome,
        ...(code === '' ? {} : { code }),
        attempts: this.attempts,
        milliseconds: Math.round((performance.now() - this.#begun) * 100) / 100,
        correlationId: context.correlationId,
        traceId: traceIdOf(this.traceparent),
      },
      'command',
    );
  }

  #appended(end: AppendEnd): void {
    if (this.#appending === 0) return;
    this.what.metrics.appended(end, (performance.now() - this.#appending) / 1_000);
    this.#appending = 0;
  }
}

function endingOf(outcome: Outcome): Ending {
  switch (outcome.kind) {
    case 'done':
      if (outcome.replayed) return REPLAYED;
      return outcome.events.length === 0 ? REPEATED : ACCEPTED;
    case 'refused':
      return { outcome: 'refused', code: outcome.refusal.code };
    case 'revision_mismatch':
    case 'idempotency_key_reused':
      return { outcome: outcome.kind, code: '' };
  }
}

const ACCEPTED: Ending = { outcome: 'accepted', code: '' };
/** The command changed nothing: its effect was there already. */
const REPEATED: Ending = { outcome: 'repeated', code: '' };
/** The outcome for its idempotency key was found in the log. */
const REPLAYED: Ending = { outcome: 'replayed', code: '' };
