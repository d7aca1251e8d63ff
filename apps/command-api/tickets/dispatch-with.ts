import type { CommandBus } from '@nestjs/cqrs';
import { dispatch } from '#commands/tickets/dispatch.js';
import { Problem } from '#platform/problems/problem.js';
import { readTraceparent } from '#platform/telemetry/trace-context.js';
import type { Dispatch } from '#policies/dispatch-policy.js';
import { GiveCommand } from '../give-command.js';

/**
 * `dispatch` has no route: only the policy gives it. Its id is derived from policy, event and ticket,
 * so that giving it again after a crash changes nothing. A service without owners is no failure: the
 * ticket keeps waiting.
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
      if (!(error instanceof Problem) || error.status !== 409) throw error;
    }
  };
