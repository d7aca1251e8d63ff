import type { CommandRunners } from '#commands/command-runners.js';
import { succeeded } from '#commands/succeeded.js';
import { contextOf } from '#commands/call.js';
import { engineerStream, serviceStream } from '#ticketing/streams.js';
import type { DeskFacts } from './commands.js';
import { administrator as by, type Desk, type DeskService } from './desk.js';
import type { SeededSystem } from './seeded-system.js';

type Found = Pick<DeskFacts, 'engineers' | 'services'>;

/**
 * Registers the desk's engineers and services, and who owns which, through the command side itself.
 * What is there as the desk has it is left as it is.
 */
export async function setUpDesk(
  desk: Desk,
  runners: CommandRunners,
  system: SeededSystem,
): Promise<Found> {
  const setUp = new SetUp(runners, system);
  const engineers: [string, EngineerFacts][] = [];
  for (const id of desk.engineerIds) engineers.push([id, await setUp.engineer(id)]);
  const known = new Map(engineers);
  const services: [string, ServiceFacts][] = [];
  for (const service of desk.services) {
    services.push([service.serviceId, await setUp.service(service, known)]);
  }
  return { engineers: known, services: new Map(services) };
}

type EngineerFacts = NonNullable<ReturnType<Found['engineers']['get']>>;
type ServiceFacts = NonNullable<ReturnType<Found['services']['get']>>;

class SetUp {
  constructor(
    private readonly runners: CommandRunners,
    private readonly system: SeededSystem,
  ) {}

  async engineer(engineerId: string): Promise<EngineerFacts> {
    const { engineers } = this.runners;
    const stream = engineerStream(engineerId);
    const context = this.#context();
    const { at } = context;
    const displayName = engineerId.replace('engineer-', 'Engineer ');
    const email = `${engineerId}@desk.example`;
    const put = { type: 'put-engineer', engineerId, displayName, email, by, at } as const;
    succeeded(await engineers.run(stream, put, context));
    return (await engineers.read(stream)).state;
  }

  async service(
    { serviceId, name, issueTypes, owners }: DeskService,
    engineers: Found['engineers'],
  ): Promise<ServiceFacts> {
    const { services } = this.runners;
    const stream = serviceStream(serviceId);
    const { at, ...context } = this.#context();
    const put = { type: 'put-service', serviceId, name, issueTypes, by, at } as const;
    succeeded(await services.run(stream, put, { ...context, at }));
    const states = owners.map((id): EngineerFacts => engineers.get(id) ?? { state: 'none' });
    const configure = {
      type: 'configure-owners',
      serviceId,
      engineerIds: owners,
      engineers: states,
      by,
      at,
    } as const;
    succeeded(await services.run(stream, configure, this.#context()));
    const { state, head } = await services.read(stream);
    return { state, revision: head.revision };
  }

  #context() {
    return contextOf({ actor: by }, this.system, {});
  }
}
