import type { ChildProcess } from 'node:child_process';
import type { Burst, BurstOutcome } from '../load/load-process.js';
import type { Server } from './server.js';
import { nextMessage, type Workbench } from './workbench.js';

/** What a server did with a burst of requests. */
export interface Sample {
  /** CPU time of the server process for one request, in microseconds. */
  readonly cpu: number;
  /** Requests answered in one second. */
  readonly throughput: number;
  /** From a request to its answer, in milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

/** The process that sends the requests. */
export class Load {
  readonly #child: ChildProcess;

  constructor(workbench: Workbench) {
    this.#child = workbench.start(new URL('../load/load-process.js', import.meta.url), null);
  }

  /**
   * Sends a burst, lets the server finish what it still does behind its answers, such as projecting,
   * and asks it before and after what CPU time it has used.
   *
   * @throws Error where an answer was not 200: what is refused costs less than what is accepted.
   */
  async burst(server: Server, requests: Omit<Burst, 'port'>): Promise<Sample> {
    const before = await server.cpu();
    const { seconds, latency } = await this.send(server, requests);
    const after = await server.idle();
    return {
      cpu: (after - before) / requests.requests,
      throughput: requests.requests / seconds,
      ...latency,
    };
  }

  /** @throws Error where an answer was not 200. */
  async send(server: Server, requests: Omit<Burst, 'port'>): Promise<BurstOutcome> {
    this.#child.send({ ...requests, port: server.port } satisfies Burst);
    const outcome = await nextMessage<BurstOutcome>(this.#child);
    if (outcome.statuses['200'] === requests.requests) return outcome;
    throw new Error(`Not all answers were 200: ${JSON.stringify(outcome.statuses)}.`);
  }

  /** Lets the process go. */
  stop(): void {
    this.#child.disconnect();
  }
}
