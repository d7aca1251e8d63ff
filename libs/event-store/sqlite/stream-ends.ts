import { LRUCache } from 'lru-cache';

/** Streams whose ends are known. An entry takes about a hundred bytes. */
const KNOWN_STREAMS = 10_000;

/**
 * Where streams are known to end, so that a look for later events costs no query. It holds only in
 * the process that appends, which is the only one.
 */
export class StreamEnds {
  readonly #next = new LRUCache<string, number>({ max: KNOWN_STREAMS });

  /** Whether a stream has no events from a revision on. */
  isBefore(stream: string, revision: number): boolean {
    const next = this.#next.get(stream);
    return next !== undefined && next <= revision;
  }

  /** A stream was read, and has no event from this revision on. */
  found(stream: string, revision: number): void {
    this.#next.set(stream, revision);
  }

  /** An append to the stream has ended, whatever became of it. */
  forget(stream: string): void {
    this.#next.delete(stream);
  }
}
