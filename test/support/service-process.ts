import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { httpStatus } from './http.js';
import { until } from './until.js';

/** What can be run: all of it in one process, or a part. */
export type App = 'standalone' | 'command-api' | 'query-api' | 'worker';

const mainOf = (app: App): string =>
  fileURLToPath(new URL(`../../apps/${app}/main.js`, import.meta.url));

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** How a process ended: with a code, or by a signal. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface ServiceSettings {
  /** By default all of it in one process. */
  readonly app?: App;
  readonly folder: string;
  /** Settings beside DATA_DIR and PORT; by default only errors are logged. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Children that are still there when the tests end are ended with them. */
const running = new Set<Child>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** The real service, as `npm start` runs it, or a part of it, in a process of its own. */
export class ServiceProcess {
  readonly #child: Child;
  readonly #exited: Promise<Exit>;
  #exit: Exit | null = null;
  #output = '';
  #errors = '';

  private constructor({ app = 'standalone', folder, environment = {} }: ServiceSettings) {
    const { PATH = '' } = process.env;
    this.#child = spawn(process.execPath, [mainOf(app)], {
      env: { PATH, LOG_LEVEL: 'error', DATA_DIR: folder, PORT: '0', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(this.#child);
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => (this.#output += text));
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#errors += text));
    this.#exited = new Promise((resolve) => {
      this.#child.once('close', (code, signal) => {
        running.delete(this.#child);
        this.#exit = { code, signal };
        resolve(this.#exit);
      });
    });
  }

  /** Starts a process, and does not wait for anything. */
  static launch(settings: ServiceSettings): ServiceProcess {
    return new ServiceProcess(settings);
  }

  /** Starts a process and waits until it can do its work. */
  static async start(settings: ServiceSettings): Promise<ServiceProcess> {
    const service = new ServiceProcess(settings);
    try {
      await service.#ready();
    } catch (error) {
      await service.stop('SIGKILL');
      throw error;
    }
    return service;
  }

  async #ready(): Promise<void> {
    const url = await until('the service prints its address', () => {
      if (this.#exit !== null) throw new Error(`It did not start: ${this.errors}`);
      return this.address;
    });
    await until('the service is ready', async () =>
      (await httpStatus(`${url}/health/ready`)) === 200 ? true : null,
    );
  }

  /** The address that it printed, or null where it has not yet. */
  get address(): string | null {
    return /^ {2}[A-Z][a-z A-Z]+ (http:\/\/[^\s/]+)/m.exec(this.#output)?.[1] ?? null;
  }

  /** The address of a service that was started. */
  get url(): string {
    if (this.address === null) throw new Error('The service has printed no address.');
    return this.address;
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error('The process could not be started.');
    return this.#child.pid;
  }

  /** What it wrote to its standard output: its greeting, and its log. */
  get output(): string {
    return this.#output;
  }

  /** What it wrote to its standard error. */
  get errors(): string {
    return this.#errors;
  }

  /** What it logged as an error or worse, and what it wrote to its standard error. */
  get complaints(): string {
    return [...(this.#output.match(/^.*"level":[56]0,.*$/gm) ?? []), this.#errors]
      .join('\n')
      .trim();
  }

  /** Sends a signal, and waits for the end. A process that has ended already is let be. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Exit> {
    this.send(signal);
    return this.ended();
  }

  send(signal: NodeJS.Signals): void {
    if (this.#exit === null) this.#child.kill(signal);
  }

  /** How the process ended, once it has. */
  ended(): Promise<Exit> {
    return this.#exited;
  }
}
