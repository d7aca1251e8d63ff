import { createHash } from 'node:crypto';

const UINT32 = 2 ** 32;

/**
 * Reproducible random numbers: the same seed gives the same ones. Generator: sfc32 by Chris
 * Doty-Humphrey, which passes PractRand and needs no 64-bit arithmetic.
 */
export class Random {
  readonly #state: Uint32Array;

  constructor(...seed: readonly string[]) {
    const digest = createHash('sha256').update(JSON.stringify(seed)).digest();
    this.#state = new Uint32Array(digest.buffer.slice(digest.byteOffset, digest.byteOffset + 16));
  }

  /** A whole number from 0, below 2³². */
  uint32(): number {
    const state = this.#state;
    const [a = 0, b = 0, c = 0, counter = 0] = state;
    const drawn = (a + b + counter) >>> 0;
    state[0] = b ^ (b >>> 9);
    state[1] = c + (c << 3);
    state[2] = ((c << 21) | (c >>> 11)) + drawn;
    state[3] = counter + 1;
    return drawn;
  }

  /** A number from 0, below 1. */
  next(): number {
    return this.uint32() / UINT32;
  }

  /** A whole number from 0, below a bound. */
  below(bound: number): number {
    return Math.floor(this.next() * bound);
  }

  /** True with this probability. */
  happens(share: number): boolean {
    return this.next() < share;
  }

  bytes(count: number): Uint8Array {
    const bytes = new Uint8Array(count);
    for (let index = 0; index < count; index += 4) {
      const drawn = this.uint32();
      for (let byte = 0; byte < 4; byte++) bytes[index + byte] = drawn >>> (8 * byte);
    }
    return bytes;
  }
}
