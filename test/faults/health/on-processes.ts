import { Client } from '#test/support/client.js';
import { newFolder, removeFolder } from '#test/support/folders.js';
import { tokensOf, type Name } from '#test/support/people.js';
import { ServiceProcess, type App } from '#test/support/service-process.js';
import { faultGroup } from './fault-group.js';
import type { HealthFault, Watched } from './watched.js';

/** The apps in separate processes, seen from the query API. */
class Processes implements Watched {
  private constructor(
    private readonly folder: string,
    private readonly commands: ServiceProcess,
    /** The query API. */
    readonly service: ServiceProcess,
    private worker: ServiceProcess,
    private readonly tokens: Readonly<Record<Name, string>>,
  ) {}

  static async open(): Promise<Processes> {
    const folder = newFolder();
    const start = (app: App) =>
      ServiceProcess.start({ app, folder, environment: { LOG_LEVEL: 'info' } });
    const commands = await start('command-api');
    const worker = await start('worker');
    const tokens = await tokensOf(folder);
    return new Processes(folder, commands, await start('query-api'), worker, tokens);
  }

  async killWorker(): Promise<void> {
    await this.worker.stop('SIGKILL');
  }

  async startWorker(): Promise<void> {
    this.worker = await ServiceProcess.start({ app: 'worker', folder: this.folder });
  }

  async give(): Promise<number> {
    const body = { displayName: 'Bob', email: `${Date.now()}@operator.example`, active: true };
    return (await new Client(this.commands.url, this.tokens.anna).put('/engineers/bob', body))
      .status;
  }

  async ask(): Promise<number> {
    return (await new Client(this.service.url, this.tokens.lena).get('/tickets')).status;
  }

  async close(): Promise<void> {
    for (const process of [this.service, this.worker, this.commands]) await process.stop();
    removeFolder(this.folder);
  }
}

const faults: readonly HealthFault<Processes>[] = [
  {
    name: 'the only worker is killed',
    ...{ part: 'projection tickets', state: 'degraded', command: 200, query: 200 },
    inject: async (processes) => {
      await processes.killWorker();
      return () => processes.startWorker();
    },
  },
];

/** Faults of other processes than the one that reports its health. */
export const onProcesses = faultGroup(() => Processes.open(), faults);
