import { setTimeout as pause } from 'node:timers/promises';
import { START, StoreUnavailable } from '../event-store.js';
import { DELETED, HistoryDamaged } from '../history.js';
import { AppendsRefused } from '../log-loss.js';
import type { AppendChannel } from './append-channel.js';
import type { AppendAnswer, AppendToSend } from './append-messages.js';
import { typeOf, unavailable } from './errors.js';

/** How long an append is retried, how long one attempt may take, and the pause between attempts. */
export const APPEND_TIMEOUT_MS = 5_000;
const ATTEMPT_TIMEOUT_MS = 2_000;
const RETRY_DELAY_MS = 50;

/** How long a failed append counts against the health, unless another one succeeds. */
const FAILURE_COUNTS_MS = 10_000;

/** Sends appends until they are answered: with the same ids each takes effect once. */
export class RetriedAppends {
  /** The failure of the last append, and when it was; null after one that succeeded. */
  #failure: { readonly error: StoreUnavailable; readonly at: number } | null = null;

  constructor(private readonly channel: AppendChannel) {}

  /** @throws StoreUnavailable, or HistoryDamaged for a stream that was deleted */
  async send(append: AppendToSend): Promise<AppendAnswer> {
    try {
      const answer = await this.#send(append);
      this.#failure = null;
      return answer;
    } catch (error) {
      if (error instanceof StoreUnavailable) this.#failure = { error, at: performance.now() };
      throw error;
    }
  }

  /**
   * Only an append can show whether a server that answers reads accepts appends: the outcome of the
   * last one counts for a while.
   *
   * @throws StoreUnavailable
   */
  async check(): Promise<void> {
    await this.channel.open();
    const failure = this.#failure;
    if (failure !== null && performance.now() - failure.at <= FAILURE_COUNTS_MS)
      throw failure.error;
  }

  close(): void {
    this.channel.close();
  }

  async #send(append: AppendToSend): Promise<AppendAnswer> {
    const deadline = performance.now() + APPEND_TIMEOUT_MS;
    for (let attempt = 1; ; attempt++) {
      try {
        const left = deadline - performance.now();
        return await this.channel.send(append, Math.min(left, ATTEMPT_TIMEOUT_MS));
      } catch (error) {
        if (typeOf(error) === 'stream-deleted') throw deleted(append.stream);
        const rest = RETRY_DELAY_MS * attempt;
        if (isRefusal(error) || performance.now() + rest >= deadline) {
          throw unavailable('written to', error);
        }
        await pause(rest);
      }
    }
  }
}

/** Whether the server would refuse every retry too. */
const isRefusal = (error: unknown): boolean =>
  error instanceof AppendsRefused ||
  ['access-denied', 'maximum-append-size-exceeded', 'invalid-argument'].includes(
    typeOf(error) ?? '',
  );

const deleted = (stream: string): HistoryDamaged =>
  new HistoryDamaged({ stream, revision: 0, position: START }, DELETED);
