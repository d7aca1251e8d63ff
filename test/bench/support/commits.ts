import type { BroadcastChannel } from 'node:worker_threads';
import { commitsOf } from '#event-store/database-changes.js';
import { filesIn } from '#event-store/sqlite/protocol.js';

/** Counts an embedded log's commits: its writer announces each of them. */
export class CommitCounter {
  readonly #channel: BroadcastChannel;
  #count = 0;

  constructor(folder: string) {
    this.#channel = commitsOf(filesIn(folder).log);
    this.#channel.onmessage = () => {
      this.#count += 1;
    };
  }

  /** The commits since it was asked the last time. */
  async take(): Promise<number> {
    // Announcements travel on another way than answers: the last ones may still be under way.
    await new Promise((resolve) => setTimeout(resolve, 50));
    const count = this.#count;
    this.#count = 0;
    return count;
  }

  close(): void {
    this.#channel.close();
  }
}
