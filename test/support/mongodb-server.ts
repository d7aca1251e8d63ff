import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { newFolder, removeFolder } from './folders.js';
import { until } from './until.js';

/** The server installed by `npm run test:mongodb-server`; MONGODB_TEST_SERVER overrides it. */
const PROGRAM =
  process.env['MONGODB_TEST_SERVER'] ??
  fileURLToPath(new URL('../../../.cache/mongodb-server/run', import.meta.url));

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** The service refuses a standalone server. */
type Kind = 'replica set' | 'standalone';
/** Whether acknowledged writes survive a kill of the process. */
type Durability = 'fast' | 'outlives kill -9';

/** A server of MongoDB's protocol in a separate process, with its own folder. */
export class MongodbServer {
  readonly #folder = newFolder();
  #child: ChildProcess | null = null;
  #port = 0;

  private constructor(
    private readonly kind: Kind,
    private readonly durability: Durability,
  ) {}

  static async start(kind: Kind, durability: Durability = 'fast'): Promise<MongodbServer> {
    const server = new MongodbServer(kind, durability);
    try {
      await server.startAgain();
    } catch (error) {
      await server.remove();
      throw error;
    }
    return server;
  }

  /** Starts it again with the same data and address, unless it is running. */
  async startAgain(): Promise<void> {
    if (this.#child !== null && running.has(this.#child)) return;
    const storage = ['--storage-path', this.#folder];
    const durable = this.durability === 'outlives kill -9' ? ['--sync-on-commit'] : [];
    const address = ['--host', '127.0.0.1', '--port', String(this.#port)];
    const kind = this.kind === 'standalone' ? ['--standalone'] : [];
    const child = spawn(PROGRAM, [...address, ...storage, ...durable, ...kind], {
      stdio: ['ignore', 'ignore', 'pipe'],
      // No checkpoints, which stop it for seconds on a busy disk; the journal stays.
      env: { ...process.env, ...(durable.length === 0 ? { SECANTUS_TEST_FAST_STORAGE: '1' } : {}) },
    });
    running.add(child);
    this.#child = child;
    let said = '';
    let ended = false;
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    const failed = (error: Error) => {
      said += error.message;
      ended = true;
      // A process that did not start does not exit, either.
      running.delete(child);
    };
    child.once('error', failed);
    child.once('exit', () => {
      running.delete(child);
      ended = true;
    });
    this.#port = await until('the MongoDB server listens', () => {
      if (ended) throw new Error(`The MongoDB server did not start: ${said}`);
      const port = /listening on \S+:(\d+)/.exec(said)?.[1];
      return port === undefined ? null : Number(port);
    });
  }

  /** The connection string for a database. */
  url(database: string): string {
    return `mongodb://127.0.0.1:${this.#port}/${database}`;
  }

  /** One that waits for answers longer than the service does: this server is slow on a busy machine. */
  patientUrl(database: string): string {
    const timeouts = ['socket', 'connect', 'serverSelection', 'waitQueue'];
    return `${this.url(database)}?${timeouts.map((name) => `${name}TimeoutMS=60000`).join('&')}`;
  }

  get port(): number {
    return this.#port;
  }

  /** Makes it hang, and continue: a hanging server accepts connections and does not answer. */
  hang(): void {
    this.#child?.kill('SIGSTOP');
  }

  goOn(): void {
    this.#child?.kill('SIGCONT');
  }

  async kill(): Promise<void> {
    const child = this.#child;
    if (child === null || !running.has(child)) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  /** Ends it, and removes its data. */
  async remove(): Promise<void> {
    await this.kill();
    removeFolder(this.#folder);
  }
}
