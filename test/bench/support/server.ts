import type { ChildProcess } from 'node:child_process';
import type { FromServer, ToServer } from '../servers/serve.js';
import { nextMessage, type Workbench } from './workbench.js';

/** A process counts as idle where it uses less than a tenth of a core for this long. */
const LOOK_MILLISECONDS = 100;
const IDLE_MICROSECONDS = 10_000;

/** A server that runs as a process of its own, and does nothing but serve. */
export class Server {
  private constructor(
    readonly port: number,
    private readonly child: ChildProcess,
  ) {}

  /** Starts an entry file of `servers/`, such as `no-op`. */
  static async start(workbench: Workbench, entry: string, argument: unknown): Promise<Server> {
    const child = workbench.start(new URL(`../servers/${entry}.js`, import.meta.url), argument);
    const message = await nextMessage<FromServer>(child);
    if (!('port' in message)) throw new Error(`The server ${entry} did not say where it listens.`);
    return new Server(message.port, child);
  }

  /** The CPU time that the process has used so far, in all its threads, in microseconds. */
  async cpu(): Promise<number> {
    this.child.send('usage' satisfies ToServer);
    const message = await nextMessage<FromServer>(this.child);
    if (!('cpu' in message)) throw new Error('The server did not say how much CPU time it used.');
    return message.cpu;
  }

  /** Waits until the process does next to nothing, and answers what CPU time it has used so far. */
  async idle(): Promise<number> {
    let before = await this.cpu();
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MILLISECONDS));
      const now = await this.cpu();
      if (now - before < IDLE_MICROSECONDS) return now;
      before = now;
    }
  }

  async stop(): Promise<void> {
    const exited = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.send('stop' satisfies ToServer);
    await exited;
  }
}
