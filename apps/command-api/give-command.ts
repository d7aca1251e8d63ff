import { Command } from '@nestjs/cqrs';
import type { Call } from '#commands/call.js';
import type { CommandRequest } from '#commands/command-kind.js';
import type { Done } from '#event-sourcing/command-runner.js';

/** A valid request for a command, on its way to the handler. */
export class GiveCommand extends Command<Done> {
  constructor(
    readonly request: CommandRequest,
    /** The id of the command's ticket, service or engineer. */
    readonly id: string,
    readonly call: Call,
  ) {
    super();
  }
}
