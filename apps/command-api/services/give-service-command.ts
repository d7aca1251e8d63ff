import { Command } from '@nestjs/cqrs';
import type { Done } from '#event-sourcing/command-runner.js';
import type { JsonObject } from '#event-store/event-store.js';
import type { ServiceCommand } from '#ticketing/service/decide.js';
import type { Call } from '#platform/commands/call.js';

/** A command on a service, on its way to the handler. */
export class GiveServiceCommand extends Command<Done> {
  constructor(
    readonly name: ServiceCommand['type'],
    readonly serviceId: string,
    readonly fields: JsonObject,
    readonly call: Call,
  ) {
    super();
  }
}
