import { never, type Actor, type Given } from '#ticketing/decision.js';
import type { EngineerState } from '#ticketing/engineer/state.js';
import type { ServiceState } from '#ticketing/service/state.js';
import type { TicketCommand } from '#ticketing/ticket/catalogue.js';
import { handlerOf, type Ticket } from '#ticketing/ticket/state.js';
import type { CommandName } from '../replay/mapping.js';
import { COMMENT_SHARE, RATING_SHARE, ratingShares, severityShares } from './assumed.js';
import { engineer, type Customer, type Desk, type DeskService } from './desk.js';
import type { Random } from './random.js';
import type { Texts } from './texts.js';
import { byRank, Weighted } from './weighted.js';

/** The state of the desk, which some decisions depend on. */
export interface DeskFacts {
  readonly engineers: ReadonlyMap<string, EngineerState>;
  readonly services: ReadonlyMap<
    string,
    { readonly state: ServiceState; readonly revision: number }
  >;
  readonly confirmationMinutes: number;
}

/** The share of assignments to engineers who do not own the service. */
const OUTSIDER_SHARE = 0.1;

const severities = new Weighted(severityShares);
const ratings = new Weighted(ratingShares);

/** Creates commands on tickets, each with an authorized actor. */
export class Commands {
  readonly #owners: ReadonlyMap<string, Weighted<string>>;

  constructor(
    private readonly desk: Desk,
    private readonly facts: DeskFacts,
    private readonly texts: Texts,
    private readonly random: Random,
  ) {
    this.#owners = new Map(
      desk.services.map(({ serviceId, owners }) => [serviceId, byRank(owners)]),
    );
  }

  create(ticketId: string, service: DeskService, customer: Customer, at: string): TicketCommand {
    const { serviceId, issueTypes } = service;
    const facts = this.facts.services.get(serviceId);
    return {
      type: 'create',
      ticketId,
      serviceId,
      issueType: issueTypes[this.random.below(issueTypes.length)],
      description: this.#text(),
      contact: customer.contact,
      agreement: { accepted: true, version: '2026-01' },
      service: facts?.state ?? { state: 'none' },
      serviceRevision: facts?.revision ?? -1,
      by: customer.actor,
      at,
    };
  }

  /** A command on an existing ticket. */
  on(
    ticket: Ticket,
    name: Exclude<CommandName, 'create'>,
    customer: Customer,
    at: string,
  ): TicketCommand {
    const byRequester: Given = { by: customer.actor, at };
    const handler = handlerOf(ticket);
    const byHandler: Given = { by: handler === null ? this.#lead() : engineer(handler), at };
    switch (name) {
      case 'severity':
        return { type: name, severity: severities.draw(this.random), ...byHandler };
      case 'handle':
        return { type: name, by: engineer(this.#owner(ticket)), at };
      case 'assign':
        return { type: name, ...this.#target(ticket), by: this.#lead(), at };
      case 'forward':
        return { type: name, ...this.#target(ticket), reason: this.#text(), ...byHandler };
      case 'notes':
        return { type: name, text: this.#text(), ...byHandler };
      case 'request-feedback':
        return { type: name, message: this.#text(), ...byHandler };
      case 'resume':
        return { type: name, ...byHandler };
      case 'resolve': {
        const { confirmationMinutes } = this.facts;
        return { type: name, summary: this.#text(), confirmationMinutes, ...byHandler };
      }
      case 'withdraw-resolution':
        return { type: name, reason: this.#text(), ...byHandler };
      case 'close':
        return this.#close(ticket, byHandler);
      case 'provide-feedback':
      case 'messages':
        return { type: name, message: this.#text(), ...byRequester };
      case 'reject-resolution':
      case 'cancel':
        return { type: name, reason: this.#text(), ...byRequester };
      case 'confirm':
        return {
          type: name,
          ...(this.random.happens(RATING_SHARE) ? this.#evaluation() : {}),
          ...byRequester,
        };
      case 'evaluate':
        return { type: name, ...this.#evaluation(), ...byRequester };
      default:
        return never(name);
    }
  }

  /** The handler closes a ticket with an overdue confirmation; otherwise a lead does with a reason. */
  #close(ticket: Ticket, byHandler: Given): TicketCommand {
    return ticket.state === 'pending_confirmation' && byHandler.at >= ticket.confirmationDueAt
      ? { type: 'close', ...byHandler }
      : { type: 'close', reason: this.#text(), by: this.#lead(), at: byHandler.at };
  }

  #evaluation(): { rating: number; comment?: string } {
    const rating = ratings.draw(this.random);
    return this.random.happens(COMMENT_SHARE) ? { rating, comment: this.#text() } : { rating };
  }

  /** A new handler for a ticket. */
  #target(ticket: Ticket): { engineerId: string; engineer: EngineerState } {
    const { engineerIds } = this.desk;
    let engineerId = this.random.happens(OUTSIDER_SHARE) ? '' : this.#owner(ticket);
    while (engineerId === '' || engineerId === handlerOf(ticket)) {
      engineerId = engineerIds[this.random.below(engineerIds.length)] ?? '';
    }
    return { engineerId, engineer: this.facts.engineers.get(engineerId) ?? { state: 'none' } };
  }

  #owner({ serviceId, owners }: Ticket): string {
    return this.#owners.get(serviceId)?.draw(this.random) ?? owners[0] ?? '';
  }

  #lead(): Actor {
    const { leads } = this.desk;
    return leads[this.random.below(leads.length)] as Actor;
  }

  #text(): string {
    return this.texts.draw(this.random);
  }
}
