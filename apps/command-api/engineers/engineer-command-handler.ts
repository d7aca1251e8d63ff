import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Done } from '#event-sourcing/command-runner.js';
import { System } from '#platform/system.js';
import type { EngineerCommand } from '#ticketing/engineer/decide.js';
import { engineerStream } from '#ticketing/streams.js';
import { CommandRunners } from '#platform/commands/command-runners.js';
import { succeeded } from '#platform/commands/succeeded.js';
import { contextOf } from '#platform/commands/call.js';
import { GiveEngineerCommand } from './give-engineer-command.js';

@CommandHandler(GiveEngineerCommand)
export class EngineerCommandHandler implements ICommandHandler<GiveEngineerCommand> {
  constructor(
    private readonly runners: CommandRunners,
    private readonly system: System,
  ) {}

  async execute({ engineerId, fields, call }: GiveEngineerCommand): Promise<Done> {
    const context = contextOf(call, this.system, { command: 'put-engineer', engineerId, fields });
    const command = {
      ...fields,
      type: 'put-engineer',
      engineerId,
      by: call.actor,
      at: context.at,
      // The fields are as PutEngineerRequest says: here they become the command.
    } as unknown as EngineerCommand;
    return succeeded(
      await this.runners.engineers.run(engineerStream(engineerId), command, context),
    );
  }
}
