import { existsSync } from 'node:fs';

const IMAGE = 'mongo:8.0.15';
const SOCKET = '/var/run/docker.sock';

/** A real MongoDB in a container: a replica set of one. */
interface MongodbContainer {
  /** Its connection string, without a database. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Whether a container engine seems to be available. */
const isDockerThere = (): boolean =>
  (process.env['DOCKER_HOST'] ?? '') !== '' || existsSync(SOCKET);

/** Starts one with Testcontainers. Null without Docker, or if it fails, which it reports. */
export async function startMongodbContainer(): Promise<MongodbContainer | null> {
  if (!isDockerThere()) return null;
  try {
    const { MongoDBContainer } = await import('@testcontainers/mongodb');
    const container = await new MongoDBContainer(IMAGE).start();
    return {
      url: `${container.getConnectionString()}/?directConnection=true`,
      stop: async () => {
        await container.stop();
      },
    };
  } catch (error) {
    process.stderr.write(
      `\nNO MONGODB IN A CONTAINER, though Docker seems to be there: ${String(error)}\n` +
        'The tests of the read models in MongoDB run on the other server only.\n\n',
    );
    return null;
  }
}
