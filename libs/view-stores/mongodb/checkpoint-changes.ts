import type { ChangeStream } from 'mongodb';
import { Notifier, type Wait } from '#event-store/follow.js';
import type { Deployment } from './connection.js';
import { copiesOf, type CopyDocument } from './copies.js';

/** A wait ends after this time at the latest, for a change stream that fails, or stays silent. */
const MAX_WAIT_MS = 250;

/** The stream is closed after this time without a waiting caller. */
const MAX_IDLE_MS = 10_000;

/**
 * Lets queries wait until a projector has moved a checkpoint: by a change stream of the records of
 * copies, which is open while queries wait now and then.
 */
export class CheckpointChanges {
  readonly #notifier = new Notifier();
  #stream: ChangeStream<CopyDocument> | null = null;
  #opening = false;
  #lastWait = 0;

  constructor(private readonly deployment: () => Promise<Deployment>) {}

  /** Starts a wait for the next change. It may end early, and ends after the timeout. */
  wait(timeoutMs: number): Wait {
    this.#lastWait = performance.now();
    void this.#open();
    return this.#notifier.wait(null, Math.min(timeoutMs, MAX_WAIT_MS));
  }

  async close(): Promise<void> {
    const stream = this.#stream;
    this.#stream = null;
    await stream?.close().catch(() => undefined);
  }

  async #open(): Promise<void> {
    if (this.#stream !== null || this.#opening) return;
    this.#opening = true;
    try {
      const { db } = await this.deployment();
      const stream = copiesOf(db).watch([{ $project: { operationType: 1 } }]);
      this.#stream = stream;
      // The first token comes when the stream is open: what changed before is not in it.
      stream.on('resumeTokenChanged', () => {
        this.#notifier.notify();
      });
      stream.on('change', () => {
        if (performance.now() - this.#lastWait > MAX_IDLE_MS) void this.close();
      });
      stream.once('error', () => void this.close());
    } catch {
      // The query that waits looks at the checkpoint and gets the error.
    } finally {
      this.#opening = false;
    }
  }
}
