import type { Done } from '#event-sourcing/command-runner.js';
import { OneOf, Text, Uuid } from '#platform/openapi/answer-members.js';
import { referenceOf } from '#ticketing/reference.js';
import { ticketStates, type TicketStateName } from '#ticketing/ticket/state.js';
import { CommandAnswer, commandAnswer } from '../command-answer.js';

/** The answer to an accepted command on a ticket. */
export class TicketCommandAnswer extends CommandAnswer {
  @Uuid()
  readonly ticketId!: string;

  @Text({ example: 'ST-R8SN6-TE4SC', description: 'The reference that people use for the ticket.' })
  readonly reference!: string;

  @OneOf(ticketStates)
  readonly state!: TicketStateName;
}

export const ticketAnswer = (ticketId: string, done: Done) =>
  ({
    ticketId,
    reference: referenceOf(ticketId),
    state: done.after?.['state'] as TicketStateName,
    ...commandAnswer(done),
  }) satisfies TicketCommandAnswer;
