import { Command } from '@nestjs/cqrs';
import type { Call } from '#commands/call.js';
import type { CommandRequest } from '#commands/command-kind.js';
import type { Done } from '#event-sourcing/command-runner.js';

/** A valid request for a command, on its way to the handler. */
export class GiveCommand extends Command<Done> {
  constructor(
    readonly request: CommandRequest,
    /** What the command is on: the id of a ticket, a service or an engineer. */
    readonly id: string,
    readonly call: Call,
  ) {
    super();
  }
}
