import type { Done } from '#event-sourcing/command-runner.js';
import type { System } from '#platform/system.js';
import { actsAsEngineer, withStanding } from '#ticketing/engineer/standing.js';
import { contextOf, type Call } from './call.js';
import type { CommandRequest, Means } from './command-kind.js';
import { succeeded } from './succeeded.js';

/**
 * Runs a command. Resolves when its events are durable.
 *
 * @param id - the command's ticket, service or engineer
 * @throws Problem if the command is refused
 */
export async function give(
  request: CommandRequest,
  id: string,
  call: Call,
  { system, ...means }: Means & { readonly system: System },
): Promise<Done> {
  const { actor } = call;
  const context = contextOf(call, system, request.identity(id));
  const by = actsAsEngineer(actor)
    ? withStanding(actor, (await means.facts.engineer(actor.id)).state)
    : actor;
  return succeeded(await request.run(id, { by, at: context.at }, context, means));
}
