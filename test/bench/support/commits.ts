import type { BroadcastChannel } from 'node:worker_threads';
import { commitsOf } from '#event-store/database-changes.js';
import { filesIn } from '#event-store/sqlite/protocol.js';

/** Counts the commits of an embedded log, each of which its writer announces. */
export class CommitCounter {
  readonly #channel: BroadcastChannel;
  #count = 0;

  constructor(folder: string) {
    this.#channel = commitsOf(filesIn(folder).log);
    this.#channel.onmessage = () => {
      this.#count += 1;
    };
  }

  /** The number of commits since the last call. */
  async take(): Promise<number> {
    // Announcements use another channel than answers: the last ones may arrive later.
    await new Promise((resolve) => setTimeout(resolve, 50));
    const count = this.#count;
    this.#count = 0;
    return count;
  }

  close(): void {
    this.#channel.close();
  }
}
