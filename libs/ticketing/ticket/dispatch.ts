import { accept, refuse, type Given } from '../decision.js';
import type { ServiceState } from '../service/state.js';
import type { Fact } from '../fact.js';
import { theSystem, type Rule } from './rule.js';

export interface Dispatch extends Given {
  readonly type: 'dispatch';
  /** The ticket's service, loaded with the command, and the revision of its stream. */
  readonly service: ServiceState;
  readonly serviceRevision: number;
}

export type TicketDispatched = Fact<
  'TicketDispatched',
  {
    readonly owners: readonly string[];
    readonly serviceId: string;
    /** The revision of the service's stream with these owners. */
    readonly serviceRevision: number;
  }
>;

/** Dispatches a ticket that never reached an engineer to the owners of its service. */
export const dispatch: Rule<Dispatch, TicketDispatched> = {
  summary: 'Dispatches a waiting ticket to the owners of its service.',
  who: theSystem,
  from: ['pending'],
  events: ['TicketDispatched'],
  whenFull: true,
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
