import type { ChildProcess } from 'node:child_process';
import type { FromServer, ToServer } from '../servers/serve.js';
import { nextMessage, type Workbench } from './workbench.js';

/** A process is idle if it uses less than a tenth of a core for this long. */
const IDLE_INTERVAL_MS = 100;
const IDLE_CPU_US = 10_000;

/** A server in a separate process. */
export class Server {
  private constructor(
    readonly port: number,
    private readonly child: ChildProcess,
  ) {}

  /** Starts an entry file of `servers/`, such as `no-op`. */
  static async start(workbench: Workbench, entry: string, argument: unknown): Promise<Server> {
    const child = workbench.start(new URL(`../servers/${entry}.js`, import.meta.url), argument);
    const message = await nextMessage<FromServer>(child);
    if (!('port' in message)) throw new Error(`The server ${entry} did not report its port.`);
    return new Server(message.port, child);
  }

  /** The CPU time of the process so far, of all threads, in microseconds. */
  async cpu(): Promise<number> {
    this.child.send('usage' satisfies ToServer);
    const message = await nextMessage<FromServer>(this.child);
    if (!('cpu' in message)) throw new Error('The server did not report its CPU time.');
    return message.cpu;
  }

  /** Waits until the process is idle, and returns its CPU time so far. */
  async idle(): Promise<number> {
    let before = await this.cpu();
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, IDLE_INTERVAL_MS));
      const now = await this.cpu();
      if (now - before < IDLE_CPU_US) return now;
      before = now;
    }
  }

  async stop(): Promise<void> {
    const exited = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.send('stop' satisfies ToServer);
    await exited;
  }
}
