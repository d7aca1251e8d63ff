import { v7 } from 'uuid';

/** What the world gives: the time, new ids, chance. It is handed in, so that tests can give their own. */
export abstract class System {
  /** Now, ISO 8601 in UTC with milliseconds. */
  abstract now(): string;
  /** A new id: a UUID of version 7, so that ids are ordered by time. */
  abstract newId(): string;
  /** From 0 to 1. */
  abstract random(): number;
}

export class RealSystem extends System {
  now(): string {
    return new Date().toISOString();
  }
  newId(): string {
    return v7();
  }
  random(): number {
    return Math.random();
  }
}
