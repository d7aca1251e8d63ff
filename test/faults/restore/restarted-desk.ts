import { Client } from '#test/support/client.js';
import { runCommandLine } from '#test/support/command-line.js';
import type { Desk } from '#test/support/desk.js';
import type { Name } from '#test/support/people.js';
import { ServiceProcess } from '#test/support/service-process.js';
import { raise } from '#test/support/tickets.js';
import { until } from '#test/support/until.js';
import type { ConsumerItem } from './symptoms.js';

/** A ticket that waits for its service to have owners. */
export interface Waiting {
  readonly ticketId: string;
  readonly serviceId: string;
}

/** A desk's data folder with a service of its own, which may never become ready. */
export class RestartedDesk {
  #service: ServiceProcess | null = null;

  constructor(private readonly desk: Desk) {}

  get folder(): string {
    return this.desk.folder;
  }

  get service(): ServiceProcess {
    if (this.#service === null) throw new Error('The service was not started.');
    return this.#service;
  }

  readonly as = (name: Name): Client => new Client(this.service.url, this.desk.tokens[name]);

  /** Starts the service and waits until it listens. */
  async start(...options: string[]): Promise<void> {
    this.#service = ServiceProcess.launch({ folder: this.folder, options });
    await this.service.listening();
  }

  async stop(signal?: NodeJS.Signals): Promise<void> {
    await this.#service?.stop(signal);
  }

  /** Creates the engineers and the service of most tickets, and a ticket that waits for owners. */
  async furnish(serviceId: string): Promise<Waiting> {
    const anna = this.as('anna');
    for (const id of ['bob', 'carol']) {
      const person = { displayName: id, email: `${id}@desk.example` };
      await anna.put(`/engineers/${id}`, person);
    }
    for (const id of ['vpn', serviceId]) await anna.put(`/services/${id}`, { name: id });
    await anna.put('/services/vpn/owners', { engineerIds: ['bob', 'carol'] });
    const { ticketId } = await raise(this, { serviceId });
    return { ticketId, serviceId };
  }

  async consumers(): Promise<readonly ConsumerItem[]> {
    const { body } = await this.as('anna').get<{ items: ConsumerItem[] }>('/admin/consumers');
    return body.items;
  }

  /** Waits until every consumer runs, and has processed the whole log. */
  async isHealthy(): Promise<void> {
    const isDone = ({ state, lag, rebuild }: ConsumerItem) =>
      state === 'running' && lag === 0 && rebuild === null;
    const look = async () => ((await this.consumers()).every(isDone) ? true : null);
    await until('every consumer is at the end of the log', look);
  }

  async rebuildBy(way: 'API' | 'command line' | 'start'): Promise<void> {
    if (way === 'API') {
      for (const { name } of await this.consumers())
        await this.as('anna').post(`/admin/projections/${name}/rebuild`, {});
    } else if (way === 'command line') {
      await runCommandLine(this.service.url, this.desk.tokens.anna, 'projections', 'rebuild');
    } else {
      await this.stop();
      await this.start('--rebuild');
    }
  }
}
