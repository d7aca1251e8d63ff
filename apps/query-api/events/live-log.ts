import { Injectable } from '@nestjs/common';
import { EventReader } from '#event-store/event-store.js';
import { LogTail } from './log-tail.js';

/** Follows the log while somebody listens, and not otherwise: it has its price at every commit. */
@Injectable()
export class LiveLog {
  #tail: LogTail | undefined;
  #listeners = 0;

  constructor(private readonly log: EventReader) {}

  /** The log's tail, to listen to until the signal aborts. */
  listen(signal: AbortSignal): LogTail {
    if (this.#tail === undefined || this.#tail.hasFailed) this.#tail = new LogTail(this.log);
    this.#listeners += 1;
    signal.addEventListener('abort', () => {
      this.#listeners -= 1;
      if (this.#listeners > 0) return;
      this.#tail?.stop();
      this.#tail = undefined;
    });
    return this.#tail;
  }
}
