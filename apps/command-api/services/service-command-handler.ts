import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Done } from '#event-sourcing/command-runner.js';
import type { Json } from '#event-store/event-store.js';
import { System } from '#platform/system.js';
import type { ServiceCommand } from '#ticketing/service/decide.js';
import { engineerStream, serviceStream } from '#ticketing/streams.js';
import { CommandRunners } from '#platform/commands/command-runners.js';
import { succeeded } from '#platform/commands/succeeded.js';
import { contextOf } from '#platform/commands/call.js';
import { GiveServiceCommand } from './give-service-command.js';

@CommandHandler(GiveServiceCommand)
export class ServiceCommandHandler implements ICommandHandler<GiveServiceCommand> {
  constructor(
    private readonly runners: CommandRunners,
    private readonly system: System,
  ) {}

  async execute({ name, serviceId, fields, call }: GiveServiceCommand): Promise<Done> {
    const context = contextOf(call, this.system, { command: name, serviceId, fields });
    const command = {
      ...fields,
      ...(name === 'configure-owners' ? await this.#engineers(fields['engineerIds']) : {}),
      type: name,
      serviceId,
      by: call.actor,
      at: context.at,
      // The fields are as the request class of this command says: here they become the command.
    } as unknown as ServiceCommand;
    return succeeded(await this.runners.services.run(serviceStream(serviceId), command, context));
  }

  async #engineers(engineerIds: Json | undefined) {
    const ids = engineerIds as readonly string[];
    const read = ids.map((id) => this.runners.engineers.read(engineerStream(id)));
    return { engineers: (await Promise.all(read)).map(({ state }) => state) };
  }
}
