import { accept, type Given } from '../decision.js';
import type { Fact } from '../fact.js';
import { requester, type Rule } from './rule.js';

export interface Evaluate extends Given {
  readonly type: 'evaluate';
  /** 1 (bad) to 5 (good). */
  readonly rating: number;
  readonly comment?: string | undefined;
}

/** `rating`: 1 (bad) to 5 (good). */
export type EvaluationSubmitted = Fact<
  'EvaluationSubmitted',
  { readonly rating: number; readonly comment: string | null }
>;

/** The customer rates a ticket that was closed without a rating: once, within 30 days. */
export const evaluate: Rule<Evaluate, EvaluationSubmitted> = {
  summary: 'Rates a closed ticket, once.',
  who: requester,
  from: ['closed'],
  events: ['EvaluationSubmitted'],
  whenFull: true,
  hindrance: ({ at }, ticket) => {
    if (ticket.state !== 'closed' || ticket.evaluationDueAt === null) {
      return { code: 'illegal_transition', detail: 'This ticket was already evaluated.' };
    }
    return at <= ticket.evaluationDueAt
      ? null
      : {
          code: 'illegal_transition',
          detail: `This ticket could be evaluated until ${ticket.evaluationDueAt}.`,
        };
  },
  decide: ({ rating, comment }, _ticket, role) =>
    accept(role, { type: 'EvaluationSubmitted', data: { rating, comment: comment ?? null } }),
};
