import type { JsonObject } from '#event-store/event-store.js';

/**
 * The domain as pure functions: Chassaing's decider pattern
 * (https://thinkbeforecoding.com/post/2021/12/17/functional-event-sourcing-decider).
 */
export interface Decider<Command, State, Event> {
  readonly initial: State;
  /** Version of the state's shape, for snapshots. Raise it whenever the shape changes. */
  readonly stateVersion: number;
  decide(command: Command, state: State): Decision<Event>;
  evolve(state: State, event: Event): State;
  /** The facets of the state that events carry, before and after; null for the initial state. */
  describe(state: State): JsonObject | null;
}

export type Decision<Event> =
  | { readonly accepted: true; readonly events: readonly Event[]; readonly role: string }
  | { readonly accepted: false; readonly refusal: Refusal };

/** Why a command is refused: the domain's own object, passed through to the caller. */
export interface Refusal {
  readonly code: string;
  readonly detail: string;
  /** True if this refusal is reported before a revision mismatch. */
  readonly aboutTheActor?: boolean;
}
