import { EventStoreDbProcess } from '#test/eventstoredb/server/server-process.js';
import { Client } from '#test/support/client.js';
import { newFolder, removeFolder } from '#test/support/folders.js';
import { TestIssuer, type IssuerManner } from '#test/support/issuer.js';
import { ServiceProcess } from '#test/support/service-process.js';
import { TraceReceiver } from '#test/support/trace-receiver.js';
import { faultGroup } from './fault-group.js';
import type { HealthFault, Watched } from './watched.js';

/** A service whose log, issuer and collector of traces are servers. */
class ServiceOnServers implements Watched {
  private constructor(
    readonly log: EventStoreDbProcess,
    readonly issuer: TestIssuer,
    readonly collector: TraceReceiver,
    readonly service: ServiceProcess,
    private readonly folder: string,
  ) {}

  static async open(): Promise<ServiceOnServers> {
    const [log, issuer] = [await EventStoreDbProcess.start(), await TestIssuer.start()];
    const collector = await TraceReceiver.open();
    const folder = newFolder();
    const service = await ServiceProcess.start({
      folder,
      environment: {
        LOG_LEVEL: 'info',
        EVENTSTORE_URL: log.url,
        ...issuer.environment,
        ...collector.environment,
      },
    });
    const opened = new ServiceOnServers(log, issuer, collector, service, folder);
    await opened.give();
    await opened.ask();
    return opened;
  }

  async give(): Promise<number> {
    const body = { displayName: 'Bob', email: `${Date.now()}@operator.example`, active: true };
    return (await (await this.#as('anna', 'admin')).put('/engineers/bob', body)).status;
  }

  async ask(): Promise<number> {
    return (await (await this.#as('lena', 'lead')).get('/tickets')).status;
  }

  async #as(sub: string, role: string): Promise<Client> {
    return new Client(this.service.url, await this.issuer.token(sub, role));
  }

  async close(): Promise<void> {
    await this.service.stop();
    await this.collector.close();
    await this.issuer.stop();
    await this.log.stop();
    removeFolder(this.folder);
  }
}

/** An issuer that answers in another way from now on. */
const issuerThat =
  (manner: IssuerManner): HealthFault<ServiceOnServers>['inject'] =>
  ({ issuer }) => {
    issuer.manner = manner;
    return Promise.resolve(() => {
      issuer.manner = 'publishes its key';
    });
  };

const issuerLost = { part: 'issuer', state: 'degraded' } as const;

const faults: readonly HealthFault<ServiceOnServers>[] = [
  {
    name: 'the issuer is away',
    ...{ ...issuerLost, command: 200, query: 200 },
    inject: issuerThat('is away'),
  },
  {
    name: 'the issuer answers garbage',
    ...{ ...issuerLost, command: 200, query: 200 },
    inject: issuerThat('answers garbage'),
  },
  {
    name: 'the issuer fails',
    ...{ ...issuerLost, command: 200, query: 200 },
    inject: issuerThat('fails'),
  },
  {
    name: 'the issuer publishes another key',
    ...{ ...issuerLost, command: 401, query: 401 },
    inject: issuerThat('publishes another key'),
  },
  {
    name: 'the issuer publishes no key',
    ...{ ...issuerLost, command: 503, query: 503 },
    inject: issuerThat('publishes no key'),
  },
  {
    name: 'the collector of traces is away',
    ...{ part: null, state: 'ok', line: 'trace export failed', command: 200, query: 200 },
    inject: async (watched) => {
      watched.collector.manner = 'refuses';
      await watched.give();
      return () => {
        watched.collector.manner = 'accepts';
      };
    },
  },
  {
    name: 'the server of the log is away',
    ...{ part: 'writer', state: 'unavailable', command: 503, query: 200 },
    inject: async ({ log }) => {
      await log.command('goDown');
      return () => log.command('comeBack');
    },
  },
  {
    name: 'the server of the log does not answer',
    ...{ part: 'writer', state: 'unavailable', command: 503, query: 200 },
    inject: async ({ log }) => {
      await log.command('goSilent');
      return () => log.command('speakAgain');
    },
  },
];

/** Faults of the log's server, of the issuer of tokens, and of the collector of traces. */
export const onServers = faultGroup(() => ServiceOnServers.open(), faults);
