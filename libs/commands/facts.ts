import type { EngineerState } from '#ticketing/engineer/state.js';
import type { ServiceState } from '#ticketing/service/state.js';
import { engineerStream, serviceStream, ticketStream } from '#ticketing/streams.js';
import type { TicketState } from '#ticketing/ticket/state.js';
import type { CommandRunners } from './command-runners.js';

/** A service with the revision of its stream. */
export interface ServiceFacts {
  readonly service: ServiceState;
  readonly serviceRevision: number;
}

/** The facts that decisions may need besides the state of their stream. */
export interface Facts {
  /** How long a customer has to confirm a resolution, in minutes. */
  readonly confirmationMinutes: number;
  engineer(engineerId: string): EngineerState | Promise<EngineerState>;
  service(serviceId: string): ServiceFacts | Promise<ServiceFacts>;
  ticket(ticketId: string): TicketState | Promise<TicketState>;
}

/** The current facts, read from the log. */
export class LogFacts implements Facts {
  constructor(
    private readonly runners: CommandRunners,
    readonly confirmationMinutes: number,
  ) {}

  async engineer(engineerId: string): Promise<EngineerState> {
    return (await this.runners.engineers.read(engineerStream(engineerId))).state;
  }

  async service(serviceId: string): Promise<ServiceFacts> {
    const { state, head } = await this.runners.services.read(serviceStream(serviceId));
    return { service: state, serviceRevision: head.revision };
  }

  async ticket(ticketId: string): Promise<TicketState> {
    return (await this.runners.tickets.read(ticketStream(ticketId))).state;
  }
}
