import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

/** The time, new ids and randomness. Tests inject their own. */
export abstract class System {
  /** Now, ISO 8601 in UTC with milliseconds. */
  abstract now(): string;
  /** A new id: a UUID of version 7, so that ids are ordered by time. */
  abstract newId(): string;
  /** From 0 to 1. */
  abstract random(): number;
}

/** Random bytes are drawn in bulk: a call of the operating system costs more than an id. */
const BYTES_AN_ID = 16;
const IDS_A_DRAW = 256;

export class RealSystem extends System {
  readonly #pool = Buffer.alloc(BYTES_AN_ID * IDS_A_DRAW);
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
    this.#used += BYTES_AN_ID;
    return this.#pool.subarray(this.#used - BYTES_AN_ID, this.#used);
  }
}
