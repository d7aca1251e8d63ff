import type { CommandRequest } from '#commands/command-kind.js';
import type { CommandRunners } from '#commands/command-runners.js';
import { putEngineer } from '#commands/engineers/put-engineer.js';
import { LogFacts, type ServiceFacts } from '#commands/facts.js';
import { give } from '#commands/give.js';
import { configureOwners } from '#commands/services/configure-owners.js';
import { putService } from '#commands/services/put-service.js';
import type { EngineerState } from '#ticketing/engineer/state.js';
import { CONFIRMATION_MINUTES, DeskFacts } from './desk-facts.js';
import { administrator as actor, type Desk } from './desk.js';
import type { SeededSystem } from './seeded-system.js';

/** Registers the desk's engineers, services and owners. Those that exist in this form stay unchanged. */
export async function setUpDesk(
  desk: Desk,
  runners: CommandRunners,
  system: SeededSystem,
): Promise<DeskFacts> {
  const facts = new LogFacts(runners, CONFIRMATION_MINUTES);
  const send = (request: CommandRequest, id: string) =>
    give(request, id, { actor }, { runners, facts, system });
  const engineers = new Map<string, EngineerState>();
  for (const id of desk.engineerIds) {
    const displayName = id.replace('engineer-', 'Engineer ');
    await send(putEngineer.read({ displayName, email: `${id}@desk.example` }), id);
    engineers.set(id, await facts.engineer(id));
  }
  const services = new Map<string, ServiceFacts>();
  for (const { serviceId, name, issueTypes, owners } of desk.services) {
    await send(putService.read({ name, issueTypes }), serviceId);
    await send(configureOwners.read({ engineerIds: owners }), serviceId);
    services.set(serviceId, await facts.service(serviceId));
  }
  return new DeskFacts(engineers, services);
}
