import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext } from '#event-sourcing/command-runner.js';
import { System } from '#platform/system.js';
import { noService } from '#ticketing/service/state.js';
import { engineerStream, serviceStream, ticketStream } from '#ticketing/streams.js';
import type { TicketCommand } from '#ticketing/ticket/catalogue.js';
import { CommandRunners } from '#platform/commands/command-runners.js';
import { succeeded } from '#platform/commands/succeeded.js';
import { contextOf } from '#platform/commands/call.js';
import { CommandRules } from '../command-rules.js';
import { GiveTicketCommand, type TicketCommandDone } from './give-ticket-command.js';

/** The commands whose decision depends on more than the ticket. */
const NEEDS_FACTS: ReadonlySet<string> = new Set([
  'create',
  'dispatch',
  'assign',
  'forward',
  'resolve',
]);

/** Runs every command on a ticket: looks up what the decision depends on, and lets it be decided. */
@CommandHandler(GiveTicketCommand)
export class TicketCommandHandler implements ICommandHandler<GiveTicketCommand> {
  constructor(
    private readonly runners: CommandRunners,
    private readonly rules: CommandRules,
    private readonly system: System,
  ) {}

  async execute({ name, ticketId, fields, call }: GiveTicketCommand): Promise<TicketCommandDone> {
    const context = contextOf(call, this.system, { command: name, ticketId, fields });
    const facts = NEEDS_FACTS.has(name) ? await this.#facts(name, ticketId, fields) : undefined;
    const command = {
      ...fields,
      ...facts,
      type: name,
      ticketId,
      by: call.actor,
      at: context.at,
      // The fields are as the request class of this command says: here they become the command.
    } as unknown as TicketCommand;
    const stream = ticketStream(ticketId);
    const outcome = await this.runners.tickets.run(stream, command, withCustomer(context, fields));
    const done = succeeded(outcome);
    return { ticketId, done };
  }

  /** What is known elsewhere and the decision depends on. */
  async #facts(
    name: TicketCommand['type'],
    ticketId: string,
    { serviceId, engineerId, previousTicketId }: GiveTicketCommand['fields'],
  ): Promise<object> {
    switch (name) {
      case 'create':
        return {
          ...(await this.#service(serviceId as string)),
          previousTicket:
            typeof previousTicketId === 'string'
              ? await this.#ticket(previousTicketId.toLowerCase())
              : undefined,
        };
      case 'dispatch': {
        const ticket = await this.#ticket(ticketId);
        return ticket.state === 'none'
          ? { service: noService, serviceRevision: -1 }
          : this.#service(ticket.serviceId);
      }
      case 'assign':
      case 'forward': {
        const stream = engineerStream(engineerId as string);
        return { engineer: (await this.runners.engineers.read(stream)).state };
      }
      case 'resolve':
        return { confirmationMinutes: this.rules.confirmationMinutes };
      default:
        return {};
    }
  }

  async #service(serviceId: string) {
    const { state, head } = await this.runners.services.read(serviceStream(serviceId));
    return { service: state, serviceRevision: head.revision };
  }

  async #ticket(ticketId: string) {
    return (await this.runners.tickets.read(ticketStream(ticketId))).state;
  }
}

/** Where staff act for a customer, the events name that customer with the actor. */
const withCustomer = (
  context: CommandContext,
  { onBehalfOf }: GiveTicketCommand['fields'],
): CommandContext =>
  onBehalfOf === undefined ? context : { ...context, actor: { ...context.actor, onBehalfOf } };
