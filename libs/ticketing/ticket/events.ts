import type { Decision } from '../decision.js';
import type { ticketRules } from './catalogue.js';
import type { TicketCreated } from './create.js';

type Rules = typeof ticketRules;
type EventOf<R> = R extends { decide(...given: never[]): Decision<infer Event> } ? Event : never;

/**
 * The events of a ticket: what the commands of the catalogue lead to. Each event is described in
 * the file of the command that it comes from.
 */
export type TicketEvent = TicketCreated | EventOf<Rules[keyof Rules]>;
