import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Registry } from 'prom-client';

/** The metrics of a process in Prometheus' text format: Node's own, and those of the parts. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  readonly #updates: (() => void | Promise<void>)[] = [];

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** Adds an update that runs before every scrape, for gauges that are read from elsewhere. */
  beforeScrape(update: () => void | Promise<void>): void {
    this.#updates.push(update);
  }

  async scrape(): Promise<{ readonly type: string; readonly text: string }> {
    await Promise.all(this.#updates.map(async (update) => update()));
    return { type: this.registry.contentType, text: await this.registry.metrics() };
  }
}
