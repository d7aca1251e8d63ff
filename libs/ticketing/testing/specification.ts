import { expect } from '@jest/globals';
import type { Decision, Refusal, Role } from '../decision.js';

/** The parts of a decider that a specification needs. */
export interface Specified<Command, State, Event> {
  readonly initial: State;
  decide(command: Command, state: State): Decision<Event>;
  evolve(state: State, event: Event): State;
}

/** An expected refusal, without its texts, which may change. */
export interface ExpectedRefusal extends Omit<Refusal, 'detail' | 'errors'> {
  /** The invalid fields of the request, in order. */
  readonly pointers?: readonly string[];
}

/**
 * given(events).when(command).then(events): the history, a command, and its expected events,
 * compared strictly and in order. The state is folded from the events, so that no test starts from
 * an unreachable state.
 */
export const specificationOf =
  <Command, State, Event>(decider: Specified<Command, State, Event>) =>
  (events: readonly Event[]) => ({
    when(command: Command) {
      const state = events.reduce<State>(
        (before, event) => decider.evolve(before, event),
        decider.initial,
      );
      const before = structuredClone(state);
      const decision = decider.decide(command, state);
      // A decision must not mutate the state.
      expect(state).toStrictEqual(before);
      return outcomeOf(decision);
    },
  });

const outcomeOf = <Event>(decision: Decision<Event>) => ({
  /** It is accepted with exactly these events. */
  then(...expected: Event[]): void {
    expect(eventsOf(decision)).toStrictEqual(expected);
  },

  /** It is accepted as a harmless repeat without events. */
  thenNothing(): void {
    expect(eventsOf(decision)).toStrictEqual([]);
  },

  /** It is accepted with at least one event. */
  thenSomething(): void {
    expect(eventsOf(decision)).not.toStrictEqual([]);
  },

  /** It has no events: a refusal or a harmless repeat. */
  thenNoEvents(): void {
    expect(decision.accepted ? decision.events : []).toStrictEqual([]);
  },

  /** It is accepted, and this role is recorded. */
  thenActingAs(role: Role): void {
    expect(decision).toMatchObject({ accepted: true, role });
  },

  /** It is refused, with full sentences. */
  thenRefused(expected: ExpectedRefusal): void {
    expect(refusalOf(decision)).toStrictEqual(expected);
  },

  /** It is refused, and its detail matches. */
  thenRefusedSaying(words: RegExp): void {
    expect(decision).toMatchObject({
      accepted: false,
      refusal: { detail: expect.stringMatching(words) },
    });
  },
});

function eventsOf<Event>(decision: Decision<Event>): readonly Event[] {
  if (decision.accepted) return decision.events;
  throw new Error(`Expected events, but it was refused: ${JSON.stringify(decision.refusal)}`);
}

function refusalOf<Event>(decision: Decision<Event>): ExpectedRefusal {
  if (decision.accepted) {
    throw new Error(`Expected a refusal, but it led to ${JSON.stringify(decision.events)}`);
  }
  const { detail, errors, ...rest } = decision.refusal;
  // Details and messages are whole sentences.
  expect(detail).toMatch(/^[A-Z].*\.$/s);
  if (errors === undefined) return rest;
  for (const { message } of errors) expect(message).toMatch(/^[A-Z].*\.$/s);
  return { ...rest, pointers: errors.map(({ pointer }) => pointer) };
}
