import { v7 } from 'uuid';
import { System } from '#platform/system.js';
import type { Random } from './random.js';

const BYTES_AN_ID = 16;

/** A world whose clock is set, and whose ids and chance come from a seed. */
export class SeededSystem extends System {
  #time = 0;
  #now = '';

  constructor(private readonly chance: Random) {
    super();
  }

  /** Now, in milliseconds since 1970. */
  get time(): number {
    return this.#time;
  }
  set time(time: number) {
    this.#time = time;
    this.#now = new Date(time).toISOString();
  }

  now(): string {
    return this.#now;
  }
  newId(): string {
    return v7({ msecs: this.#time, random: this.chance.bytes(BYTES_AN_ID) });
  }
  random(): number {
    return this.chance.next();
  }
}
