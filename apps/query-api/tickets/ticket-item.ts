import {
  OneOf,
  Part,
  Revision,
  Text,
  Texts,
  Time,
  Uuid,
} from '#platform/openapi/answer-members.js';
import type { TicketView } from '#projections/tickets.js';
import type { Actor } from '#ticketing/decision.js';
import {
  handlerOf,
  severities,
  ticketStates,
  type TicketStateName,
} from '#ticketing/ticket/state.js';
import { mayOnTicket } from '#ticketing/ticket/visibility.js';

export const closeReasons = ['confirmed', 'unconfirmed', 'forced'] as const;

/** The service of a ticket. */
export class ServiceName {
  @Text({ example: 'vpn' })
  readonly id!: string;

  @Text({ example: 'VPN' })
  readonly name!: string;
}

/** The customer of a ticket. */
export class TicketRequester {
  @Text({ example: 'alice' })
  readonly id!: string;

  @Text({ nullable: true, example: 'acme', description: "The customer's organisation." })
  readonly tenant!: string | null;
}

/** A ticket in a list. */
export class TicketItem {
  @Uuid()
  readonly ticketId!: string;

  @Text({ example: 'ST-R8SN6-TE4SC', description: 'The reference that people use for the ticket.' })
  readonly reference!: string;

  @OneOf(ticketStates)
  readonly state!: TicketStateName;

  @Revision()
  readonly revision!: number;

  @Part(() => ServiceName)
  readonly service!: ServiceName;

  @Text({ nullable: true, example: 'spam' })
  readonly issueType!: string | null;

  @OneOf(severities, { nullable: true })
  readonly severity!: string | null;

  @Text({ required: false, description: 'Omitted for actors who may not read texts.' })
  readonly description?: string;

  @Part(() => TicketRequester)
  readonly requester!: TicketRequester;

  @Texts({ example: ['bob'], description: 'The engineers to whom the ticket was dispatched.' })
  readonly owners!: readonly string[];

  @Text({ nullable: true, example: 'bob', description: 'The engineer who has taken the ticket.' })
  readonly handler!: string | null;

  @OneOf(closeReasons, { nullable: true })
  readonly closeReason!: string | null;

  @Time()
  readonly createdAt!: string;

  @Time({ description: "The time of the ticket's last event." })
  readonly updatedAt!: string;
}

/** A ticket in a list. Texts are omitted for actors who may not read them. */
export const listItem = (view: TicketView, service: ServiceName, actor: Actor) => ({
  ticketId: view.ticket.ticketId,
  reference: view.reference,
  state: view.ticket.state,
  revision: view.revision,
  service,
  issueType: view.ticket.issueType,
  severity: view.ticket.severity,
  ...(mayOnTicket(actor, 'open', view.ticket.requester) ? { description: view.description } : {}),
  requester: view.ticket.requester,
  owners: view.ticket.owners,
  handler: handlerOf(view.ticket),
  closeReason: view.closeReason,
  createdAt: view.createdAt,
  updatedAt: view.updatedAt,
});
