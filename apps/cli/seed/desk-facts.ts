import type { Facts, ServiceFacts } from '#commands/facts.js';
import { noEngineer, type EngineerState } from '#ticketing/engineer/state.js';
import { noService } from '#ticketing/service/state.js';
import { noTicket, type TicketState } from '#ticketing/ticket/state.js';

/** How long customers have to confirm a resolution. */
export const CONFIRMATION_MINUTES = 72 * 60;

/** The facts of the seeded desk, which do not change while its tickets are seeded. */
export class DeskFacts implements Facts {
  readonly confirmationMinutes = CONFIRMATION_MINUTES;

  constructor(
    private readonly engineers: ReadonlyMap<string, EngineerState>,
    private readonly services: ReadonlyMap<string, ServiceFacts>,
  ) {}

  engineer(engineerId: string): EngineerState {
    return this.engineers.get(engineerId) ?? noEngineer;
  }

  service(serviceId: string): ServiceFacts {
    return this.services.get(serviceId) ?? { service: noService, serviceRevision: -1 };
  }

  /** No seeded ticket names a previous one. */
  ticket(): TicketState {
    return noTicket;
  }
}
