import type { ChildProcess } from 'node:child_process';
import type { Burst, BurstOutcome } from '../load/load-process.js';
import type { Server } from './server.js';
import { nextMessage, type Workbench } from './workbench.js';

/** The measurements of a burst of requests. */
export interface Sample {
  /** CPU time of the server process per request, in microseconds. */
  readonly cpu: number;
  /** Answered requests per second. */
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
   * Sends a burst, waits for the server's remaining work such as projecting, and measures the CPU
   * time that it used.
   *
   * @throws Error if an answer was not 200: refusals cost less than accepted requests.
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

  /** @throws Error if an answer was not 200. */
  async send(server: Server, requests: Omit<Burst, 'port'>): Promise<BurstOutcome> {
    this.#child.send({ ...requests, port: server.port } satisfies Burst);
    const outcome = await nextMessage<BurstOutcome>(this.#child);
    if (outcome.statuses['200'] === requests.requests) return outcome;
    throw new Error(`Not all answers were 200: ${JSON.stringify(outcome.statuses)}.`);
  }

  /** Ends the process. */
  stop(): void {
    this.#child.disconnect();
  }
}
