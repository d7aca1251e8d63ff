import type { CommandBus } from '@nestjs/cqrs';
import { Problem } from '#platform/problems/problem.js';
import type { Dispatch } from '#policies/dispatch-policy.js';
import { GiveTicketCommand } from './give-ticket-command.js';

/**
 * `dispatch` has no route: the service gives it by itself, where a policy asks for it. That a service
 * has no owners (yet) is no failure: the ticket goes on waiting.
 */
export const dispatchWith =
  (commands: CommandBus): Dispatch =>
  async (ticketId, cause) => {
    const actor = { id: 'system', tenant: null, roles: ['system'] } as const;
    const call = { actor, causationId: cause?.id, traceparent: cause?.traceparent };
    try {
      await commands.execute(new GiveTicketCommand('dispatch', ticketId, {}, call));
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 409) throw error;
    }
  };
