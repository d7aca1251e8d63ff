import { v7 } from 'uuid';
import { System } from '#platform/system.js';
import type { Random } from './random.js';

const ID_BYTES = 16;

/** A system with a manual clock, and with ids and random numbers from a seed. */
export class SeededSystem extends System {
  #time = 0;
  #now = '';

  constructor(private readonly chance: Random) {
    super();
  }

  /** The current time, in milliseconds since 1970. */
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
    return v7({ msecs: this.#time, random: this.chance.bytes(ID_BYTES) });
  }
  random(): number {
    return this.chance.next();
  }
}
