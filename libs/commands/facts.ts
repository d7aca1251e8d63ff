import { HistoryDamaged, lostStream } from '#event-store/history.js';
import type { Actor } from '#ticketing/decision.js';
import type { EngineerState } from '#ticketing/engineer/state.js';
import type { ServiceState } from '#ticketing/service/state.js';
import { engineerStream, serviceStream, subjectOf, ticketStream } from '#ticketing/streams.js';
import { noTicket, type Requester, type TicketState } from '#ticketing/ticket/state.js';
import { mayOnTicket } from '#ticketing/ticket/visibility.js';
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
  /** As for one that does not exist if it is damaged and the actor may not open it. */
  ticket(ticketId: string, reader: Actor): TicketState | Promise<TicketState>;
}

/** The current facts, read from the log. */
export class LogFacts implements Facts {
  constructor(
    private readonly runners: CommandRunners,
    readonly confirmationMinutes: number,
    /** The requester of a ticket by its read model; null if it shows none or cannot be read. */
    private readonly requesterOf: (ticketId: string) => Promise<Requester | null> = () =>
      Promise.resolve(null),
  ) {}

  async engineer(engineerId: string): Promise<EngineerState> {
    return (await this.runners.engineers.read(engineerStream(engineerId))).state;
  }

  async service(serviceId: string): Promise<ServiceFacts> {
    const { state, head } = await this.runners.services.read(serviceStream(serviceId));
    return { service: state, serviceRevision: head.revision };
  }

  async ticket(ticketId: string, reader: Actor): Promise<TicketState> {
    try {
      return (await this.runners.tickets.read(ticketStream(ticketId))).state;
    } catch (error) {
      if (await this.isHidden(error, reader)) return noTicket;
      throw error;
    }
  }

  /**
   * Whether an error is about a damaged ticket that an actor may not open, or that has no known
   * requester: then nothing of it may be learned.
   */
  async isHidden(error: unknown, actor: Actor): Promise<boolean> {
    const subject = error instanceof HistoryDamaged ? subjectOf(error.place.stream) : null;
    if (subject?.kind !== 'ticket' || mayOnTicket(actor, 'open', null)) return false;
    return !mayOnTicket(actor, 'open', await this.requesterOf(subject.id));
  }

  /** @throws HistoryDamaged for a ticket without events that its read model shows to the actor. */
  async requireNotLost(ticketId: string, actor: Actor): Promise<void> {
    const requester = await this.requesterOf(ticketId);
    if (requester !== null && mayOnTicket(actor, 'open', requester))
      throw lostStream(ticketStream(ticketId));
  }
}
