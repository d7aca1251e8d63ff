import type { status } from '@grpc/grpc-js';
import { serverBusy, withStatus, writeTimeout, type Refusal } from './refusals.js';

/** When an append's connection is cut. */
export type AppendCut = 'before it is applied' | 'after it is applied';

/** The failure of a call. */
export type Failure =
  /** The write times out: nothing is written. */
  | 'timeout'
  /** The queues are full: nothing is written. */
  | 'busy'
  /** Any status of gRPC, as from a proxy or a stopping server. */
  | status;

export const refusalOf = (failure: Failure): Refusal => {
  if (failure === 'timeout') return writeTimeout();
  return failure === 'busy' ? serverBusy() : withStatus(failure);
};

/** The configured faults, none at the start. */
export class Faults {
  /** The delay of every answer and subscription message. */
  delayMilliseconds = 0;
  /** Whether nothing is answered or applied. */
  silent = false;
  readonly #failures: Failure[] = [];
  readonly #appendCuts: AppendCut[] = [];
  readonly #readCuts: number[] = [];

  /** The failures of the next calls, or the next appends of a batch. */
  failNext(failure: Failure, times: number): void {
    for (let time = 0; time < times; time += 1) this.#failures.push(failure);
  }

  cutNextAppends(cut: AppendCut, times: number): void {
    for (let time = 0; time < times; time += 1) this.#appendCuts.push(cut);
  }

  /** The number of events after which the next read or subscription is cut. */
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

  /** Ends all faults. */
  clear(): void {
    this.delayMilliseconds = 0;
    this.silent = false;
    for (const planned of [this.#failures, this.#appendCuts, this.#readCuts]) planned.length = 0;
  }

  /** Runs at once, or after the delay of answers. */
  delayed(run: () => void): void {
    if (this.delayMilliseconds === 0) run();
    else setTimeout(run, this.delayMilliseconds);
  }
}
