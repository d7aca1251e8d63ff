import { accept, type Given } from '../decision.js';
import type { Fact } from '../fact.js';
import type { TicketClosed } from './close.js';
import { evaluationDueAt } from './evaluation.js';
import { requester, type Rule } from './rule.js';

export interface Confirm extends Given {
  readonly type: 'confirm';
  /** 1 (bad) to 5 (good). */
  readonly rating?: number | undefined;
  readonly comment?: string | undefined;
}

/** The customer's evaluation, if any. `rating`: 1 (bad) to 5 (good). */
export type ResolutionConfirmed = Fact<
  'ResolutionConfirmed',
  { readonly rating: number | null; readonly comment: string | null }
>;

/** The customer confirms the resolution, which closes the ticket. */
export const confirm: Rule<Confirm, ResolutionConfirmed | TicketClosed> = {
  summary: 'Confirms the resolution, which closes the ticket.',
  who: requester,
  from: ['pending_confirmation'],
  to: 'closed',
  events: ['ResolutionConfirmed', 'TicketClosed'],
  whenFull: true,
  decide: ({ rating, comment, at }, _ticket, role) =>
    accept(
      role,
      { type: 'ResolutionConfirmed', data: { rating: rating ?? null, comment: comment ?? null } },
      {
        type: 'TicketClosed',
        data: {
          reason: 'confirmed',
          explanation: null,
          evaluationDueAt: rating === undefined ? evaluationDueAt(at) : null,
        },
      },
    ),
};
