import { accept, type Given } from '../decision.js';
import { evaluationDueAt } from './evaluation.js';
import { asRequester, type Rule } from './rule.js';

export interface Confirm extends Given {
  readonly type: 'confirm';
  /** 1 (bad) to 5 (good). */
  readonly rating?: number | undefined;
  readonly comment?: string | undefined;
}

/** The customer confirms that it is resolved, which closes the ticket. */
export const confirm: Rule<Confirm> = {
  who: 'the requester',
  actingAs: asRequester,
  from: ['pending_confirmation'],
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
