import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Done } from '#event-sourcing/command-runner.js';
import { System } from '#platform/system.js';
import type { EngineerCommand } from '#ticketing/engineer/decide.js';
import { engineerStream } from '#ticketing/streams.js';
import { Aggregates } from '../aggregates.js';
import { succeeded } from '../answers.js';
import { contextOf } from '../call.js';
import { GiveEngineerCommand } from './give-engineer-command.js';

@CommandHandler(GiveEngineerCommand)
export class EngineerCommandHandler implements ICommandHandler<GiveEngineerCommand> {
  constructor(
    private readonly aggregates: Aggregates,
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
      await this.aggregates.engineers.run(engineerStream(engineerId), command, context),
    );
  }
}
