import type { CommandBus } from '@nestjs/cqrs';
import { dispatch } from '#commands/tickets/dispatch.js';
import { HistoryDamaged } from '#event-store/history.js';
import { Problem } from '#platform/problems/problem.js';
import { readTraceparent } from '#platform/telemetry/trace-context.js';
import type { Dispatch } from '#policies/dispatch-policy.js';
import { GiveCommand } from '../give-command.js';

/**
 * Lets the policy send `dispatch`, which has no route. The command's id is derived from policy, event
 * and ticket, so that a repeat after a crash changes nothing. A service without owners is not a
 * failure: the ticket keeps waiting. Nor is a damaged history, which the check of the log reports:
 * the other tickets must not wait for it.
 */
export const dispatchWith =
  (commands: CommandBus): Dispatch =>
  async (ticketId, { id, metadata }) => {
    const actor = { id: 'system', tenant: null, roles: ['system'] } as const;
    const call = {
      actor,
      idempotencyKey: `dispatch-policy ${id} ${ticketId}`,
      causationId: id,
      traceparent: readTraceparent(metadata.traceparent),
    };
    try {
      await commands.execute(new GiveCommand(dispatch.read(), ticketId, call));
    } catch (error) {
      if (!isOfTicket(error)) throw error;
    }
  };

/** Whether only this ticket cannot be dispatched, however often it is tried. */
const isOfTicket = (error: unknown): boolean =>
  error instanceof HistoryDamaged ||
  (error instanceof Problem && (error.status === 409 || error.status === 404));
