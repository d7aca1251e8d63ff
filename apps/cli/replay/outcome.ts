import type { Answer } from './api-client.js';
import { detailOf } from './api-client.js';
import type { Step } from './plan.js';

/** The outcome of one command. */
export type Outcome =
  | {
      readonly kind: 'accepted' | 'repeat' | 'done_before';
      readonly ticketId: string;
      readonly state: string;
      readonly revision: number;
      readonly position: string;
      readonly events: readonly string[];
    }
  | { readonly kind: 'superseded' }
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string };

/**
 * Classifies an answer.
 *
 * A command that changes nothing leaves nothing on the log by which a repeat is recognised. In
 * a repeated replay it is decided again, perhaps on a ticket that has changed since, where
 * it would act. `If-Match` prevents that, or its sender may no longer give it. Such a command is
 * superseded, which is not a refusal.
 *
 * @param again whether the ticket's last change so far is an earlier run's
 */
export function outcomeOf(answer: Answer, { expected }: Step, again: boolean): Outcome {
  const { status, body, replayed } = answer;
  if (status === 200 || status === 201) {
    const events = body['events'] as readonly string[];
    return {
      kind: replayed ? 'done_before' : events.length === 0 ? 'repeat' : 'accepted',
      ticketId: String(body['ticketId']),
      state: String(body['state']),
      revision: Number(body['revision']),
      position: String(body['position']),
      events,
    };
  }
  const code = String(body['code']);
  const foreseen = expected.kind === 'refused' && expected.codes.includes(code);
  const changesNothing = expected.kind === 'refused' || expected.events.length === 0;
  if (again && changesNothing && !foreseen) return { kind: 'superseded' };
  return { kind: 'refused', code, detail: detailOf(answer) };
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
