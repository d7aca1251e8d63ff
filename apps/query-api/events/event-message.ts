import { OneOf, Text, Uuid } from '#platform/openapi/answer-members.js';
import { ticketStates, type TicketStateName } from '#ticketing/ticket/state.js';
import { EventAnswer, EventData } from '../event-answer.js';

/** The data of a server-sent event: an event with its ticket, service or engineer. */
export class EventMessage extends EventAnswer {
  @Uuid({ required: false, description: 'Present for events on tickets.' })
  readonly ticketId?: string;

  @Text({ required: false, description: 'Present for events on tickets.' })
  readonly reference?: string;

  @OneOf(ticketStates, { required: false, description: "The ticket's state after the event." })
  readonly state?: TicketStateName;

  @Text({ required: false, description: 'Present for events on services.' })
  readonly serviceId?: string;

  @Text({ required: false, description: 'Present for events on engineers.' })
  readonly engineerId?: string;

  @EventData({ required: false })
  readonly data?: object;
}
