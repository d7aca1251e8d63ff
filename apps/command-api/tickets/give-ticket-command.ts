import { Command } from '@nestjs/cqrs';
import type { JsonObject } from '#event-store/event-store.js';
import type { TicketCommand } from '#ticketing/ticket/catalogue.js';
import type { Done } from '#event-sourcing/command-runner.js';
import type { Call } from '#platform/commands/call.js';

export type TicketCommandName = TicketCommand['type'];

/** A command on a ticket, on its way to the handler: its name, its ticket and its fields. */
export class GiveTicketCommand extends Command<TicketCommandDone> {
  constructor(
    readonly name: TicketCommandName,
    readonly ticketId: string,
    /** Validated already by the command's request class. */
    readonly fields: JsonObject,
    readonly call: Call,
  ) {
    super();
  }
}

export interface TicketCommandDone {
  readonly ticketId: string;
  readonly done: Done;
}
