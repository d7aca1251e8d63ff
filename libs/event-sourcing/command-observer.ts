import type { CommandContext } from './command-events.js';
import type { Outcome } from './outcome.js';

/** Observes commands, for metrics and traces. Implementations must not throw; nothing awaits them. */
export interface CommandObserver {
  /** A command has arrived; it may still wait for other commands on its stream. */
  started(command: string, context: CommandContext): CommandTrail;
}

/** Observes one command until it completes or fails. */
export interface CommandTrail {
  /** The W3C trace context to store in the command's events. */
  readonly traceparent: string | undefined;
  /** The runner looked for the stream's folded state in its cache. */
  stateLookedUp(cached: boolean): void;
  /** Loading the stream or appending events starts; ends with `phaseEnded` or `conflicted`. */
  phaseStarted(phase: 'load' | 'append'): void;
  phaseEnded(): void;
  /** Another process wrote to the stream first: the command is decided again. */
  conflicted(): void;
  completed(outcome: Outcome): void;
  failed(error: unknown): void;
}

/** Observes nothing: events carry the trace context that the command came with. */
export const unobserved: CommandObserver = {
  started: (_, { traceparent }) => ({ ...noTrail, traceparent }),
};

const ignore = (): void => undefined;
const noTrail = {
  stateLookedUp: ignore,
  phaseStarted: ignore,
  phaseEnded: ignore,
  conflicted: ignore,
  completed: ignore,
  failed: ignore,
};
