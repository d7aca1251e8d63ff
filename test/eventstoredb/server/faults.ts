import type { status } from '@grpc/grpc-js';
import { serverBusy, withStatus, writeTimeout, type Refusal } from './refusals.js';

/** Where an append's connection is cut. */
export type AppendCut = 'before it is applied' | 'after it is applied';

/** What goes wrong with a call instead of its answer. */
export type Failure =
  /** The write takes too long: nothing is written. */
  | 'timeout'
  /** The queues are full: nothing is written. */
  | 'busy'
  /** Any status of gRPC, as a proxy or a server that is ending would send it. */
  | status;

export const refusalOf = (failure: Failure): Refusal => {
  if (failure === 'timeout') return writeTimeout();
  return failure === 'busy' ? serverBusy() : withStatus(failure);
};

/** What the server was told to do wrong. All of it is off at the start. */
export class Faults {
  /** Every answer, and every part of a subscription, comes so much later. */
  delayMilliseconds = 0;
  /** Nothing is answered, and nothing applied. */
  silent = false;
  readonly #failures: Failure[] = [];
  readonly #appendCuts: AppendCut[] = [];
  readonly #readCuts: number[] = [];

  /** The next calls, or the next appends of a batch, fail so. */
  failNext(failure: Failure, times: number): void {
    for (let time = 0; time < times; time += 1) this.#failures.push(failure);
  }

  cutNextAppends(cut: AppendCut, times: number): void {
    for (let time = 0; time < times; time += 1) this.#appendCuts.push(cut);
  }

  /** The next read, or catching up of a subscription, is cut behind so many events. */
  cutNextRead(events: number): void {
    this.#readCuts.push(events);
  }

  takeFailure(): Failure | undefined {
    return this.#failures.shift();
  }

  takeAppendCut(): AppendCut | undefined {
    return this.#appendCuts.shift();
  }

  takeReadCut(): number | undefined {
    return this.#readCuts.shift();
  }

  /** Nothing more goes wrong. */
  clear(): void {
    this.delayMilliseconds = 0;
    this.silent = false;
    for (const planned of [this.#failures, this.#appendCuts, this.#readCuts]) planned.length = 0;
  }

  /** Runs at once, or as much later as answers are delayed. */
  delayed(run: () => void): void {
    if (this.delayMilliseconds === 0) run();
    else setTimeout(run, this.delayMilliseconds);
  }
}
