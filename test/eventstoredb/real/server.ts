import type { StartedTestContainer } from 'testcontainers';

/** A real server, to run the suite against. */
export interface RealServer {
  readonly url: string;
  stop(): Promise<void>;
}

const DEFAULT_IMAGE = 'kurrentplatform/kurrentdb:26.0.3';
const PORT = 2113;

/**
 * The server at EVENTSTORE_TEST_URL, or a new one in a container of the image
 * EVENTSTORE_TEST_IMAGE; null if there is neither an address nor a Docker engine.
 */
export async function realServer(environment: NodeJS.ProcessEnv): Promise<RealServer | null> {
  const { EVENTSTORE_TEST_URL: url, EVENTSTORE_TEST_IMAGE: image = DEFAULT_IMAGE } = environment;
  if (url !== undefined) return { url, stop: () => Promise.resolve() };
  if (!(await hasDocker())) return null;
  const container = await start(image);
  return {
    url: `esdb://${container.getHost()}:${container.getMappedPort(PORT)}?tls=false`,
    stop: async () => {
      await container.stop();
    },
  };
}

async function hasDocker(): Promise<boolean> {
  const { getContainerRuntimeClient } = await import('testcontainers');
  return getContainerRuntimeClient().then(
    () => true,
    () => false,
  );
}

async function start(image: string): Promise<StartedTestContainer> {
  const { GenericContainer, Wait } = await import('testcontainers');
  return new GenericContainer(image)
    .withCommand(['--insecure', '--mem-db'])
    .withExposedPorts(PORT)
    .withWaitStrategy(Wait.forHttp('/health/live', PORT).forStatusCode(204))
    .withStartupTimeout(120_000)
    .start();
}
