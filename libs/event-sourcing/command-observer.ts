import type { CommandContext } from './command-events.js';
import type { Outcome } from './outcome.js';

/** Follows commands, for metrics and traces. It throws nothing, and nothing waits for it. */
export interface CommandObserver {
  /** A command was given: it may have to wait for others on its stream. */
  given(command: string, context: CommandContext): CommandTrail;
}

/** Follows one command until it is answered. */
export interface CommandTrail {
  /** The W3C trace context that the command's events carry. */
  readonly traceparent: string | undefined;
  /** The command's first look at its stream: whether it was kept, folded, in memory. */
  looked(kept: boolean): void;
  /** The stream is read and folded, or events are appended, from now until `left` or `conflicted`. */
  entered(part: 'load' | 'append'): void;
  left(): void;
  /** Another process has written to the stream meanwhile: the command is decided again. */
  conflicted(): void;
  answered(outcome: Outcome): void;
  failed(error: unknown): void;
}

/** Where nobody follows commands: their events carry the trace context that they came with. */
export const unobserved: CommandObserver = {
  given: (_, { traceparent }) => ({ ...nothingFollows, traceparent }),
};

const nothing = (): void => undefined;
const nothingFollows = {
  looked: nothing,
  entered: nothing,
  left: nothing,
  conflicted: nothing,
  answered: nothing,
  failed: nothing,
};
