import type { components } from '../../../generated/api.js';
import type { Answer } from './retrying-client.js';
import type { Step } from './plan.js';

/** The answer to an accepted command. */
export type Accepted = components['schemas']['TicketCommandAnswer'];

/** The outcome of one command. */
export type Outcome =
  | (Accepted & { readonly kind: 'accepted' | 'repeat' | 'done_before' })
  | { readonly kind: 'superseded' }
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string };

/**
 * Classifies an answer.
 *
 * A command that changes nothing leaves no event by which a repeat is recognised. In
 * a repeated replay it is decided again, perhaps on a ticket that has changed since, where
 * it would act. `If-Match` prevents that, or its sender may no longer give it. Such a command is
 * superseded, which is not a refusal.
 *
 * @param again whether an earlier run made the ticket's last change so far
 */
export function outcomeOf(answer: Answer<Accepted>, { expected }: Step, again: boolean): Outcome {
  if ('data' in answer) {
    const { data, replayed } = answer;
    const kind = replayed ? 'done_before' : data.events.length === 0 ? 'repeat' : 'accepted';
    return { ...data, kind };
  }
  const { code, detail } = answer.problem;
  const foreseen = expected.kind === 'refused' && expected.codes.includes(code);
  const changesNothing = expected.kind === 'refused' || expected.events.length === 0;
  if (again && changesNothing && !foreseen) return { kind: 'superseded' };
  return { kind: 'refused', code, detail };
}

/** The difference between the outcome and the expectation; null if there is none. */
export function surpriseIn(outcome: Outcome, { expected }: Step): string | null {
  switch (outcome.kind) {
    case 'superseded':
      return null;
    case 'refused':
      if (expected.kind === 'refused' && expected.codes.includes(outcome.code)) return null;
      return `expected ${inWords(expected)}, got refused: ${outcome.code}`;
    default: {
      if (expected.kind === 'refused') {
        return `expected ${inWords(expected)}, got accepted`;
      }
      const events = expected.events.map(({ type }) => type).join(', ');
      const same = expected.state === outcome.state && events === outcome.events.join(', ');
      return same
        ? null
        : `expected ${inWords(expected)}, got ${outcome.state} with ${outcome.events.join(', ') || 'no event'}`;
    }
  }
}

const inWords = (expected: Step['expected']): string =>
  expected.kind === 'refused'
    ? `refused with ${expected.codes.join(' or ')}`
    : `accepted (${expected.state}, ${expected.events.map(({ type }) => type).join(', ') || 'no event'})`;
