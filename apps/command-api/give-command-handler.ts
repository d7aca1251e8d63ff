import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { contextOf } from '#commands/call.js';
import { CommandRunners } from '#commands/command-runners.js';
import { LogFacts } from '#commands/facts.js';
import { succeeded } from '#commands/succeeded.js';
import type { Done } from '#event-sourcing/command-runner.js';
import { System } from '#platform/system.js';
import { GiveCommand } from './give-command.js';

/** Runs every command. */
@CommandHandler(GiveCommand)
export class GiveCommandHandler implements ICommandHandler<GiveCommand> {
  constructor(
    private readonly runners: CommandRunners,
    private readonly facts: LogFacts,
    private readonly system: System,
  ) {}

  async execute({ request, id, call }: GiveCommand): Promise<Done> {
    const { runners, facts } = this;
    const context = contextOf(call, this.system, request.identity(id));
    const given = { by: call.actor, at: context.at };
    return succeeded(await request.run(id, given, context, { runners, facts }));
  }
}
