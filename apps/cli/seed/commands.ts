import type { CommandRequest } from '#commands/command-kind.js';
import { ticketCommands } from '#commands/ticket-commands.js';
import type { Actor } from '#ticketing/decision.js';
import type { TicketActionName, TicketCommand } from '#ticketing/ticket/catalogue.js';
import { isAllowed } from '#ticketing/ticket/decide.js';
import { isLead } from '#ticketing/ticket/rule.js';
import { handlerOf, type Ticket } from '#ticketing/ticket/state.js';
import { COMMENT_SHARE, RATING_SHARE, ratingShares, severityShares } from './assumed.js';
import type { DeskFacts } from './desk-facts.js';
import { engineer, type Customer, type Desk, type DeskService } from './desk.js';
import type { Random } from './random.js';
import type { Texts } from './texts.js';
import { byRank, Weighted } from './weighted.js';

/** The share of assignments to engineers who do not own the service. */
const OUTSIDER_SHARE = 0.1;

const severities = new Weighted(severityShares);
const ratings = new Weighted(ratingShares);

type Write = (ticket: Ticket, by: Actor) => CommandRequest<TicketCommand>;

/** Creates commands on tickets, each with an authorized actor. */
export class Commands {
  readonly #owners: ReadonlyMap<string, Weighted<string>>;

  /** Random requests by command. Other commands of the catalogue do not occur. */
  readonly write: { readonly [Name in TicketActionName]?: Write } = {
    severity: () => ticketCommands.severity.of({ severity: severities.draw(this.random) }),
    handle: () => ticketCommands.handle.of({}),
    assign: (ticket) => ticketCommands.assign.of({ engineerId: this.#target(ticket) }),
    forward: (ticket) =>
      ticketCommands.forward.of({ engineerId: this.#target(ticket), reason: this.#text() }),
    notes: () => ticketCommands.notes.of({ text: this.#text() }),
    'request-feedback': () => ticketCommands['request-feedback'].of({ message: this.#text() }),
    'provide-feedback': () => ticketCommands['provide-feedback'].of({ message: this.#text() }),
    messages: () => ticketCommands.messages.of({ message: this.#text() }),
    resume: () => ticketCommands.resume.of({}),
    resolve: () => ticketCommands.resolve.of({ summary: this.#text() }),
    'withdraw-resolution': () => ticketCommands['withdraw-resolution'].of({ reason: this.#text() }),
    'reject-resolution': () => ticketCommands['reject-resolution'].of({ reason: this.#text() }),
    cancel: () => ticketCommands.cancel.of({ reason: this.#text() }),
    close: (_, by) => ticketCommands.close.of(isLead(by) ? { reason: this.#text() } : {}),
    confirm: () =>
      ticketCommands.confirm.of(this.random.happens(RATING_SHARE) ? this.#evaluation() : {}),
    evaluate: () => ticketCommands.evaluate.of(this.#evaluation()),
  };

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

  create(
    ticketId: string,
    { serviceId, issueTypes }: DeskService,
    { actor: by, contact }: Customer,
    at: string,
  ): Promise<TicketCommand> {
    const request = ticketCommands.create.of({
      serviceId,
      issueType: issueTypes[this.random.below(issueTypes.length)],
      description: this.#text(),
      contact,
      agreement: { accepted: true, version: '2026-01' },
    });
    return request.command(ticketId, { by, at }, this.facts);
  }

  /**
   * A command on an existing ticket.
   *
   * @throws Error if no actor may send the command, or `write` does not have it.
   */
  on(ticket: Ticket, name: TicketActionName, customer: Customer, at: string) {
    const by = this.#sender(ticket, name, customer, at);
    const write = this.write[name];
    if (by === null || write === undefined) {
      throw new Error(
        `The model has "${name}" in the state ${ticket.state}, where no actor may send it.`,
      );
    }
    return write(ticket, by).command(ticket.ticketId, { by, at }, this.facts);
  }

  /** The first actor of the customer, the handler or an owner, and a lead who may send a command. */
  #sender(ticket: Ticket, name: TicketActionName, customer: Customer, at: string): Actor | null {
    const may = (by: Actor) => isAllowed(name, by, ticket, at);
    const handler = handlerOf(ticket);
    if (may(customer.actor)) return customer.actor;
    const staff = engineer(handler ?? this.#owner(ticket));
    if (may(staff)) return staff;
    const { leads } = this.desk;
    const lead = leads[this.random.below(leads.length)];
    return lead !== undefined && may(lead) ? lead : null;
  }

  #evaluation(): { rating: number; comment?: string } {
    const rating = ratings.draw(this.random);
    return this.random.happens(COMMENT_SHARE) ? { rating, comment: this.#text() } : { rating };
  }

  /** A new handler for a ticket. */
  #target(ticket: Ticket): string {
    const { engineerIds } = this.desk;
    let engineerId = this.random.happens(OUTSIDER_SHARE) ? '' : this.#owner(ticket);
    while (engineerId === '' || engineerId === handlerOf(ticket)) {
      engineerId = engineerIds[this.random.below(engineerIds.length)] ?? '';
    }
    return engineerId;
  }

  #owner({ serviceId, owners }: Ticket): string {
    return this.#owners.get(serviceId)?.draw(this.random) ?? owners[0] ?? '';
  }

  #text(): string {
    return this.texts.draw(this.random);
  }
}
