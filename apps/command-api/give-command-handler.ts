import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CommandRunners } from '#commands/command-runners.js';
import { LogFacts } from '#commands/facts.js';
import { give } from '#commands/give.js';
import type { Done } from '#event-sourcing/command-runner.js';
import { Problem } from '#platform/problems/problem.js';
import { System } from '#platform/system.js';
import { NO_SUCH_TICKET } from '#ticketing/ticket/visibility.js';
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
    const { runners, facts, system } = this;
    try {
      return await give(request, id, call, { runners, facts, system });
    } catch (error) {
      if (await facts.isHidden(error, call.actor)) throw new Problem('not_found', NO_SUCH_TICKET);
      if (isNoSuchTicket(error)) await facts.requireNotLost(id, call.actor);
      throw error;
    }
  }
}

const isNoSuchTicket = (error: unknown): boolean =>
  error instanceof Problem && error.detail === NO_SUCH_TICKET;
