import { accept, refuse, type Given } from '../decision.js';
import type { ServiceState } from '../service/state.js';
import { asSystem, type Rule } from './rule.js';

export interface Dispatch extends Given {
  readonly type: 'dispatch';
  /** The ticket's service, looked up with the command, and its stream's revision. */
  readonly service: ServiceState;
  readonly serviceRevision: number;
}

/** The service hands a ticket that never reached an engineer to the owners of its service. */
export const dispatch: Rule<Dispatch> = {
  who: 'the system itself',
  actingAs: asSystem,
  from: ['pending'],
  repeats: (_command, ticket) => ticket.dispatched,
  decide: ({ service, serviceRevision }, ticket, role) =>
    service.state === 'none' || service.owners.length === 0
      ? refuse({
          code: 'illegal_transition',
          detail: `Service ${ticket.serviceId} has no owners to dispatch to. Configure them first.`,
          state: ticket.state,
          allowed: [],
        })
      : accept(role, {
          type: 'TicketDispatched',
          data: { owners: service.owners, serviceId: ticket.serviceId, serviceRevision },
        }),
};
