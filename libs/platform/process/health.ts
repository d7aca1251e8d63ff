import { Injectable } from '@nestjs/common';
import type { PartHealth } from './part-health.js';

export type HealthOfParts = Readonly<Record<string, PartHealth>>;

/** Collects the health of the parts that a process depends on. */
@Injectable()
export class Health {
  readonly #checks: (() => HealthOfParts | Promise<HealthOfParts>)[] = [];

  /** Adds a check that runs at every request for the health. */
  addCheck(check: () => HealthOfParts | Promise<HealthOfParts>): void {
    this.#checks.push(check);
  }

  /** @returns the health of every part, by the part's name */
  async check(): Promise<HealthOfParts> {
    const results = await Promise.all(this.#checks.map(async (check) => check()));
    return Object.assign({}, ...results) as HealthOfParts;
  }
}
