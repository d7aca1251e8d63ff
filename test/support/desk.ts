import type { Accepted } from './answers.js';
import { Client } from './client.js';
import { newFolder, removeFolder } from './folders.js';
import { tokensOf, type Name } from './people.js';
import { ServiceProcess, type Exit, type ServiceSettings } from './service-process.js';
import { openStores, type Stores } from './stores.js';
import { until } from './until.js';

/** Settings besides the folder that differ from the defaults. */
type Environment = Readonly<Record<string, string>>;

/**
 * A running service with people, engineers and services:
 *
 * - `vpn` is owned by bob and carol; `mail` is bob's, and has issue types;
 * - `orphan` has no owners; `retired` takes no new tickets;
 * - gus is an inactive engineer.
 */
export class Desk {
  #service: ServiceProcess;

  private constructor(
    readonly folder: string,
    service: ServiceProcess,
    readonly tokens: Readonly<Record<Name, string>>,
    /** The settings of its service besides the folder. */
    readonly environment: Environment,
    private readonly stores: Stores,
  ) {
    this.#service = service;
  }

  /** @param process - how its process runs, if not as by default */
  static async open(
    more: Environment = {},
    process: Pick<ServiceSettings, 'program' | 'isUnprivileged'> = {},
  ): Promise<Desk> {
    const folder = newFolder();
    const stores = await openStores();
    try {
      const environment = { ...stores.environment, ...more };
      const service = await ServiceProcess.start({ folder, environment, ...process });
      const desk = new Desk(folder, service, await tokensOf(folder), environment, stores);
      await desk.#furnish().catch(async (error: unknown) => {
        await service.stop('SIGKILL');
        throw error;
      });
      return desk;
    } catch (error) {
      await stores.close();
      removeFolder(folder);
      throw error;
    }
  }

  get service(): ServiceProcess {
    return this.#service;
  }

  get url(): string {
    return this.#service.url;
  }

  /** A client that acts as a person. */
  as(name: Name): Client {
    return new Client(this.url, this.tokens[name]);
  }

  asNobody(): Client {
    return new Client(this.url);
  }

  /** Ends the process, by default like an operator, and starts another one on the same folder. */
  async restart(signal: NodeJS.Signals = 'SIGTERM'): Promise<Exit> {
    const exit = await this.#service.stop(signal);
    const { folder, environment } = this;
    this.#service = await ServiceProcess.start({ folder, environment });
    return exit;
  }

  async close(): Promise<void> {
    await this.#service.stop();
    await this.stores.close();
    removeFolder(this.folder);
  }

  /** Waits until every view shows the events up to a position. */
  async caughtUp(position: string): Promise<void> {
    const path = `/admin/consumers?minPosition=${position}`;
    await until(`the views reach ${position}`, async () =>
      (await this.as('anna').get(path)).status === 200 ? true : null,
    );
  }

  async putEngineer(engineerId: string, active = true): Promise<void> {
    const displayName = engineerId.toUpperCase();
    const email = `${engineerId}@operator.example`;
    await this.#put(`/engineers/${engineerId}`, { displayName, email, active });
  }

  /** @returns the position that shows it */
  putService(serviceId: string, fields: object = {}): Promise<string> {
    return this.#put(`/services/${serviceId}`, { name: serviceId.toUpperCase(), ...fields });
  }

  async putOwners(serviceId: string, ...engineerIds: string[]): Promise<void> {
    await this.#put(`/services/${serviceId}/owners`, { engineerIds });
  }

  async #put(path: string, body: object): Promise<string> {
    const { status, text, body: accepted } = await this.as('anna').put<Accepted>(path, body);
    if (status !== 200) throw new Error(`PUT ${path} was refused: ${text}`);
    return accepted.position;
  }

  async #furnish(): Promise<void> {
    for (const engineer of ['bob', 'carol', 'dave', 'lena']) await this.putEngineer(engineer);
    await this.putEngineer('gus');
    await this.putEngineer('gus', false);
    await this.putService('vpn');
    await this.putOwners('vpn', 'bob', 'carol');
    await this.putService('mail', { issueTypes: ['delivery', 'spam'] });
    await this.putOwners('mail', 'bob');
    await this.putService('orphan');
    await this.putService('retired', { active: false });
  }
}
