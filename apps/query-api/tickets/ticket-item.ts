import {
  OneOf,
  Part,
  Revision,
  Text,
  Texts,
  Time,
  Uuid,
} from '#platform/openapi/answer-members.js';
import { MAX_EXCERPT_LENGTH } from '#projections/excerpt.js';
import type { TicketView } from '#projections/tickets.js';
import type { Actor } from '#ticketing/decision.js';
import { allowedCommands } from '#ticketing/ticket/decide.js';
import {
  handlerOf,
  severities,
  ticketStates,
  type TicketStateName,
} from '#ticketing/ticket/state.js';

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

/** What a row of a list and the page of a ticket share. */
export class TicketFacts {
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

  @Texts({
    example: ['handle', 'notes'],
    description: 'The commands that the caller may give, at the time that the answer shows.',
  })
  readonly allowed!: readonly string[];
}

/** A ticket in a list. */
export class TicketItem extends TicketFacts {
  @Text({
    required: false,
    maxLength: MAX_EXCERPT_LENGTH,
    example: 'The sensor in hall 3 alarms every night.',
    description:
      'The beginning of the description, on one line. Omitted for actors who may not read texts.',
  })
  readonly excerpt?: string;

  @Time({
    nullable: true,
    description: 'The time of the last message between the desk and the customer.',
  })
  readonly lastMessageAt!: string | null;

  @Time({
    nullable: true,
    description:
      "Since when it has been the customer's turn (pending_feedback, pending_confirmation), or the desk's; null after the end.",
  })
  readonly waitingSince!: string | null;
}

/**
 * @param actor - with their standing as an engineer
 * @param now - the moment of the answer, on which the allowed commands depend
 */
export const ticketFacts = (view: TicketView, service: ServiceName, actor: Actor, now: string) => ({
  ticketId: view.ticket.ticketId,
  reference: view.reference,
  state: view.ticket.state,
  revision: view.revision,
  service,
  issueType: view.ticket.issueType,
  severity: view.ticket.severity,
  requester: view.ticket.requester,
  owners: view.ticket.owners,
  handler: handlerOf(view.ticket),
  closeReason: view.closeReason,
  createdAt: view.createdAt,
  updatedAt: view.updatedAt,
  allowed: allowedCommands(actor, view.ticket, now),
});
