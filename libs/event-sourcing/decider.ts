import type { JsonObject } from '#event-store/event-store.js';

/**
 * What the domain gives to be run: pure functions, after Chassaing's decider
 * (https://thinkbeforecoding.com/post/2021/12/17/functional-event-sourcing-decider).
 */
export interface Decider<Command, State, Event> {
  readonly initial: State;
  /** The version of the state's shape, for snapshots: raise it whenever the shape changes. */
  readonly stateVersion: number;
  decide(command: Command, state: State): Decision<Event>;
  evolve(state: State, event: Event): State;
  /** What every event says about the state before and after it; null where there is nothing. */
  describe(state: State): JsonObject | null;
}

export type Decision<Event> =
  | { readonly accepted: true; readonly events: readonly Event[]; readonly role: string }
  | { readonly accepted: false; readonly refusal: Refusal };

/** Why a command is refused: the domain's own object, handed through to whoever asked. */
export interface Refusal {
  readonly code: string;
  readonly detail: string;
  /** True where it is told before a revision that does not match. */
  readonly aboutTheActor?: boolean;
}
