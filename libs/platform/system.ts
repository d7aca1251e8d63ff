import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

/** Time, ids and randomness. Tests inject their own. */
export abstract class System {
  /** The current time, ISO 8601 in UTC with milliseconds. */
  abstract now(): string;
  /** A new UUID of version 7, so that ids are ordered by time. */
  abstract newId(): string;
  /** A number from 0 to 1. */
  abstract random(): number;
}

/** Random bytes are drawn in bulk, because a system call costs more than an id. */
const ID_BYTES = 16;
const IDS_PER_DRAW = 256;

export class RealSystem extends System {
  readonly #pool = Buffer.alloc(ID_BYTES * IDS_PER_DRAW);
  #used = this.#pool.length;

  now(): string {
    return new Date().toISOString();
  }
  newId(): string {
    return v7({ random: this.#randomBytes() });
  }
  random(): number {
    return Math.random();
  }

  #randomBytes(): Uint8Array {
    if (this.#used === this.#pool.length) {
      randomFillSync(this.#pool);
      this.#used = 0;
    }
    this.#used += ID_BYTES;
    return this.#pool.subarray(this.#used - ID_BYTES, this.#used);
  }
}
