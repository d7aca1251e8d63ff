import type { EngineerCommand } from '#ticketing/engineer/decide.js';
import type { ServiceCommand } from '#ticketing/service/decide.js';
import { engineerStream, serviceStream, ticketStream } from '#ticketing/streams.js';
import type { TicketCommand } from '#ticketing/ticket/catalogue.js';
import { CommandKind } from './command-kind.js';

export const onTicket = new CommandKind<TicketCommand, { readonly ticketId: string }>(
  (ticketId) => ({ ticketId }),
  ticketStream,
  ({ tickets }) => tickets,
  // If staff act for a customer, the events name that customer with the actor.
  (context, command) =>
    'onBehalfOf' in command && command.onBehalfOf !== undefined
      ? { ...context, actor: { ...context.actor, onBehalfOf: command.onBehalfOf } }
      : context,
);

export const onService = new CommandKind<ServiceCommand, { readonly serviceId: string }>(
  (serviceId) => ({ serviceId }),
  serviceStream,
  ({ services }) => services,
);

export const onEngineer = new CommandKind<EngineerCommand, { readonly engineerId: string }>(
  (engineerId) => ({ engineerId }),
  engineerStream,
  ({ engineers }) => engineers,
);
