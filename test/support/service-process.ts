import { readFileSync } from 'node:fs';
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { httpStatus } from './http.js';
import { until } from './until.js';

/** The whole service in one process, or a part of it. */
export type App = 'standalone' | 'command-api' | 'query-api' | 'worker';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The name of the npm script that starts an app. */
const scriptOf = (app: App): string => (app === 'standalone' ? 'start' : `start:${app}`);

/** Runs a program for whom the modes of files count even if root runs the tests. */
const UNPRIVILEGED =
  process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search'] : [];

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};

/** The options of Node and the program, as in the script of an app: memory depends on them. */
const programOf = (app: App): readonly string[] =>
  (scripts[scriptOf(app)] ?? '').replace(/^exec node /, '').split(' ');

const commandOf = (app: App, byNpm: boolean): readonly [string, readonly string[]] =>
  byNpm
    ? ['npm', ['run', '--ignore-scripts', '--no-update-notifier', scriptOf(app)]]
    : [process.execPath, programOf(app)];

/** A start takes a second, and much longer while other suites use all processors. */
const START_TIMEOUT_MS = 120_000;

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** How a process ended: with a code, or by a signal. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface ServiceSettings {
  /** @default 'standalone' */
  readonly app?: App;
  readonly folder: string;
  /** Settings in addition to DATA_DIR and PORT; by default only errors are logged. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Options of the command line. @default none */
  readonly options?: readonly string[];
  /** The folder of the program. @default that of this test */
  readonly program?: string;
  /** Whether npm starts the app by its script, without the build before it. @default false */
  readonly byNpm?: boolean;
  /** Whether root has the rights that files grant it, and no more. @default false */
  readonly isUnprivileged?: boolean;
}

/** Children that still run when the tests end are killed. */
const running = new Map<Child, NodeJS.Signals>();
process.once('exit', () => {
  for (const [child, signal] of running) child.kill(signal);
});

/** The real service or a part of it, in a separate process. */
export class ServiceProcess {
  readonly #child: Child;
  /** The signal that ends it after a failed start. */
  readonly #abort: NodeJS.Signals;
  readonly #exited: Promise<Exit>;
  #exit: Exit | null = null;
  #output = '';
  #errors = '';

  private constructor(settings: ServiceSettings) {
    const { app = 'standalone', folder, environment = {}, options = [], byNpm = false } = settings;
    const { PATH = '' } = process.env;
    const prefix = settings.isUnprivileged === true ? UNPRIVILEGED : [];
    const [program = '', ...given] = [...prefix, ...commandOf(app, byNpm).flat(), ...options];
    this.#child = spawn(program, given, {
      cwd: settings.program ?? root,
      env: { PATH, LOG_LEVEL: 'error', DATA_DIR: folder, PORT: '0', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    // npm cannot forward SIGKILL: the app would go on without it.
    this.#abort = byNpm ? 'SIGTERM' : 'SIGKILL';
    running.set(this.#child, this.#abort);
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

  /** Starts a process without waiting for it. */
  static launch(settings: ServiceSettings): ServiceProcess {
    return new ServiceProcess(settings);
  }

  /** Starts a process and waits until it is ready. */
  static async start(settings: ServiceSettings): Promise<ServiceProcess> {
    const service = new ServiceProcess(settings);
    try {
      await service.#ready();
    } catch (error) {
      await service.stop(service.#abort);
      throw error;
    }
    return service;
  }

  /**
   * Waits until it has printed its address, and returns that.
   *
   * @throws Error with what it complained of, if it ended or took two minutes.
   */
  async listening(): Promise<string> {
    const printed = () => {
      if (this.#exit !== null) throw new Error('It did not start.');
      return this.address;
    };
    const failed = (error: unknown): never => {
      throw new Error(`${(error as Error).message} ${this.complaints}`, { cause: error });
    };
    return until('the service prints its address', printed, START_TIMEOUT_MS).catch(failed);
  }

  async #ready(): Promise<void> {
    const url = await this.listening();
    await until(
      'the service is ready',
      async () => ((await httpStatus(`${url}/health/ready`)) === 200 ? true : null),
      START_TIMEOUT_MS,
    ).catch(async (error: unknown) => {
      const health = await fetch(`${url}/health/ready`).then((answer) => answer.text(), String);
      throw new Error(`${(error as Error).message} ${health} ${this.complaints}`, { cause: error });
    });
  }

  /** How the process ended; null while it runs. */
  get exit(): Exit | null {
    return this.#exit;
  }

  /** The address that it printed, or null if it has not printed one yet. */
  get address(): string | null {
    return /^ {2}[A-Z][a-z A-Z]+ (http:\/\/[^\s/]+)/m.exec(this.#output)?.[1] ?? null;
  }

  /** @throws Error if it has not printed its address. */
  get url(): string {
    if (this.address === null) throw new Error('The service has printed no address.');
    return this.address;
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error('The process could not be started.');
    return this.#child.pid;
  }

  /** Its standard output: the greeting and the log. */
  get output(): string {
    return this.#output;
  }

  /** Its standard error. */
  get errors(): string {
    return this.#errors;
  }

  /** Log lines of level error or fatal, and its standard error. */
  get complaints(): string {
    return [...(this.#output.match(/^.*"level":[56]0,.*$/gm) ?? []), this.#errors]
      .join('\n')
      .trim();
  }

  /** Sends a signal, unless the process has ended, and waits for its end. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Exit> {
    this.send(signal);
    return this.ended();
  }

  send(signal: NodeJS.Signals): void {
    if (this.#exit === null) this.#child.kill(signal);
  }

  /** Resolves when the process has ended. */
  ended(): Promise<Exit> {
    return this.#exited;
  }
}
