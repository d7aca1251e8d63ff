import type { Answer } from './api-client.js';
import { detailOf } from './api-client.js';
import type { Step } from './plan.js';

/** What became of one command. */
export type Outcome =
  | {
      readonly kind: 'accepted' | 'repeat' | 'done_before';
      readonly ticketId: string;
      readonly state: string;
      readonly revision: number;
      readonly position: string;
      readonly events: readonly string[];
    }
  | { readonly kind: 'let_be' }
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string };

/**
 * Reads an answer.
 *
 * A command that is to change nothing leaves nothing on the log by which it could be known again. In
 * a replay that is run again it is decided anew, perhaps on a ticket that has moved on since, where
 * it would act. `If-Match` keeps it from that, or whoever sends it may not any more; then it is let
 * be, which is no refusal.
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
  if (again && changesNothing && !foreseen) return { kind: 'let_be' };
  return { kind: 'refused', code, detail: detailOf(answer) };
}

/** What is not as it was to be, in words; null where all is well. */
export function surpriseIn(outcome: Outcome, { expected }: Step): string | null {
  switch (outcome.kind) {
    case 'let_be':
      return null;
    case 'refused':
      if (expected.kind === 'refused' && expected.codes.includes(outcome.code)) return null;
      return `was to be ${inWords(expected)}, and was refused: ${outcome.code}`;
    default: {
      if (expected.kind === 'refused') {
        return `was to be ${inWords(expected)}, and was accepted`;
      }
      const events = expected.events.map(({ type }) => type).join(', ');
      const same = expected.state === outcome.state && events === outcome.events.join(', ');
      return same
        ? null
        : `was to be ${inWords(expected)}, and led to ${outcome.state} with ${outcome.events.join(', ') || 'no event'}`;
    }
  }
}

const inWords = (expected: Step['expected']): string =>
  expected.kind === 'refused'
    ? `refused with ${expected.codes.join(' or ')}`
    : `accepted (${expected.state}, ${expected.events.map(({ type }) => type).join(', ') || 'no event'})`;
