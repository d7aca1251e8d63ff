import { BroadcastChannel } from 'node:worker_threads';
import { announcements } from '#event-store/sqlite/protocol.js';

/** Counts an embedded log's commits: its writer announces each of them. */
export class CommitCounter {
  readonly #channel: BroadcastChannel;
  #count = 0;

  constructor(folder: string) {
    this.#channel = new BroadcastChannel(announcements(folder));
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
