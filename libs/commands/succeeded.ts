import type { Done, Outcome } from '#event-sourcing/command-runner.js';
import { Problem } from '#platform/problems/problem.js';
import type { RefusalCode } from '#ticketing/decision.js';

/**
 * Returns the outcome of an accepted command.
 *
 * @throws Problem for every other outcome.
 */
export function succeeded(outcome: Outcome): Done {
  switch (outcome.kind) {
    case 'done':
      return outcome;
    case 'refused': {
      const { code, detail, aboutTheActor, ...extras } = outcome.refusal;
      throw new Problem(code as RefusalCode, detail, extras);
    }
    case 'revision_mismatch':
      throw new Problem(
        'revision_mismatch',
        `The current revision is ${outcome.revision}. Read the current state and decide again.`,
        { revision: outcome.revision },
      );
    case 'idempotency_key_reused':
      throw new Problem(
        'idempotency_key_reused',
        'This Idempotency-Key was used with another request. Use a new key for a new request.',
      );
  }
}
