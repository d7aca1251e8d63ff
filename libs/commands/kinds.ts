import type { EngineerCommand } from '#ticketing/engineer/decide.js';
import type { ServiceCommand } from '#ticketing/service/decide.js';
import { engineerStream, serviceStream, ticketStream } from '#ticketing/streams.js';
import type { TicketCommand } from '#ticketing/ticket/catalogue.js';
import { CommandKind } from './command-kind.js';

export const onTicket = new CommandKind<TicketCommand, { readonly ticketId: string }>({
  names: (ticketId) => ({ ticketId }),
  streamOf: ticketStream,
  runnerOf: ({ tickets }) => tickets,
  // If staff act for a customer, the events name that customer with the actor.
  contextOf: (context, command) =>
    'onBehalfOf' in command && command.onBehalfOf !== undefined
      ? { ...context, actor: { ...context.actor, onBehalfOf: command.onBehalfOf } }
      : context,
});

export const onService = new CommandKind<ServiceCommand, { readonly serviceId: string }>({
  names: (serviceId) => ({ serviceId }),
  streamOf: serviceStream,
  runnerOf: ({ services }) => services,
});

export const onEngineer = new CommandKind<EngineerCommand, { readonly engineerId: string }>({
  names: (engineerId) => ({ engineerId }),
  streamOf: engineerStream,
  runnerOf: ({ engineers }) => engineers,
});
