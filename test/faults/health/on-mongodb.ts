import { Desk } from '#test/support/desk.js';
import { MongodbServer } from '#test/support/mongodb-server.js';
import { faultGroup } from './fault-group.js';
import { ReplicaSetProxy } from './replica-set-proxy.js';
import { WatchedService } from './watched-service.js';
import type { HealthFault } from './watched.js';

/** A service whose read models and states of policies are on a server. */
class ServiceOnMongodb extends WatchedService {
  private constructor(
    readonly server: MongodbServer,
    readonly proxy: ReplicaSetProxy,
    desk: Desk,
  ) {
    super(desk);
  }

  static async open(): Promise<ServiceOnMongodb> {
    const server = await MongodbServer.start('replica set', 'outlives kill -9');
    const proxy = await ReplicaSetProxy.open(server.port);
    const environment = { MONGODB_URL: `mongodb://${proxy.address}/tickets`, LOG_LEVEL: 'info' };
    return new ServiceOnMongodb(server, proxy, await Desk.open(environment));
  }

  override async close(): Promise<void> {
    await this.desk.close();
    await this.proxy.close();
    await this.server.remove();
  }
}

const readModelsLost = {
  part: 'projection tickets',
  state: 'unavailable',
  command: 201,
  query: 503,
} as const;

const faults: readonly HealthFault<ServiceOnMongodb>[] = [
  {
    name: 'MongoDB is away',
    ...readModelsLost,
    inject: async ({ server }) => {
      await server.kill();
      return () => server.startAgain();
    },
  },
  {
    name: 'MongoDB hangs',
    ...readModelsLost,
    inject: ({ server }) => {
      server.hang();
      return Promise.resolve(() => {
        server.goOn();
      });
    },
  },
  {
    name: 'MongoDB has no primary',
    ...readModelsLost,
    inject: ({ proxy }) => {
      proxy.hasPrimary = false;
      return Promise.resolve(() => {
        proxy.hasPrimary = true;
      });
    },
  },
];

/** Faults of the server of the read models. They need a server, so they are not in the table. */
export const onMongodb = faultGroup(() => ServiceOnMongodb.open(), faults);
