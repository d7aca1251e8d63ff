import { expect } from '@jest/globals';
import type { Decision, Refusal, Role } from '../decision.js';

/** What a specification needs of a decider; the tickets', services' and engineers' all fit. */
export interface Specified<Command, State, Event> {
  readonly initial: State;
  decide(command: Command, state: State): Decision<Event>;
  evolve(state: State, event: Event): State;
}

/** A refusal as a test states it: all of it but the words, which may be put better any day. */
export interface ExpectedRefusal extends Omit<Refusal, 'detail' | 'errors'> {
  /** The fields of the request that are wrong, in order. */
  readonly pointers?: readonly string[];
}

/**
 * given(events).when(command).then(events): the events before, a command, and what it leads to,
 * compared strictly and in order. State is folded from the events, so that no test can start from
 * a state that no log leads to.
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
      // A decision that changed the state in passing would be seen by nobody but the next reader.
      expect(state).toStrictEqual(before);
      return outcomeOf(decision);
    },
  });

const outcomeOf = <Event>(decision: Decision<Event>) => ({
  /** It is accepted and leads to exactly these events. */
  then(...expected: Event[]): void {
    expect(eventsOf(decision)).toStrictEqual(expected);
  },

  /** It is accepted as a harmless repeat: there is nothing to append. */
  thenNothing(): void {
    expect(eventsOf(decision)).toStrictEqual([]);
  },

  /** It is accepted and appends something, whatever it is. */
  thenSomething(): void {
    expect(eventsOf(decision)).not.toStrictEqual([]);
  },

  /** Nothing is appended, whether it is refused or a harmless repeat. */
  thenNoEvents(): void {
    expect(decision.accepted ? decision.events : []).toStrictEqual([]);
  },

  /** It is accepted, and the log will say that the actor acted in this role. */
  thenActingAs(role: Role): void {
    expect(decision).toMatchObject({ accepted: true, role });
  },

  /** It is refused, for this reason and with these facts, and in words. */
  thenRefused(expected: ExpectedRefusal): void {
    expect(refusalOf(decision)).toStrictEqual(expected);
  },

  /** It is refused, and the words say this, too. */
  thenRefusedSaying(words: RegExp): void {
    expect(decision).toMatchObject({
      accepted: false,
      refusal: { detail: expect.stringMatching(words) },
    });
  },
});

function eventsOf<Event>(decision: Decision<Event>): readonly Event[] {
  if (decision.accepted) return decision.events;
  throw new Error(
    `Refused with ${JSON.stringify(decision.refusal)}, though it was expected to be accepted.`,
  );
}

function refusalOf<Event>(decision: Decision<Event>): ExpectedRefusal {
  if (decision.accepted) {
    throw new Error(
      `Led to ${JSON.stringify(decision.events)}, though it was expected to be refused.`,
    );
  }
  const { detail, errors, ...rest } = decision.refusal;
  // Whoever is refused is told in whole sentences.
  expect(detail).toMatch(/^[A-Z].*\.$/s);
  if (errors === undefined) return rest;
  for (const { message } of errors) expect(message).toMatch(/^[A-Z].*\.$/s);
  return { ...rest, pointers: errors.map(({ pointer }) => pointer) };
}
