import type { Done } from '#event-sourcing/command-runner.js';
import { referenceOf } from '#ticketing/reference.js';
import { answerOf, answerSchemaWith, type Answer } from '../answers.js';

export type TicketAnswer = Answer & {
  readonly ticketId: string;
  readonly reference: string;
  readonly state: string;
};

export const ticketAnswer = (ticketId: string, done: Done): TicketAnswer => ({
  ticketId,
  reference: referenceOf(ticketId),
  state: done.after?.['state'] as string,
  ...answerOf(done),
});

/** The schema of the answer. */
export const ticketAnswerSchema = answerSchemaWith('ticketId', 'reference', 'state');
