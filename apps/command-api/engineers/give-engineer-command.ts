import { Command } from '@nestjs/cqrs';
import type { Done } from '#event-sourcing/command-runner.js';
import type { JsonObject } from '#event-store/event-store.js';
import type { Call } from '#platform/commands/call.js';

/** A command on an engineer, on its way to the handler. */
export class GiveEngineerCommand extends Command<Done> {
  constructor(
    readonly engineerId: string,
    readonly fields: JsonObject,
    readonly call: Call,
  ) {
    super();
  }
}
