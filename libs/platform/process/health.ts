import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Logger } from 'pino';
import { Gauge } from 'prom-client';
import { LOGGER } from '../logging.js';
import { Metrics } from './metrics.js';
import { OK, type PartHealth } from './part-health.js';
import { publicDetail } from './public-detail.js';

export type HealthOfParts = Readonly<Record<string, PartHealth>>;

/** Reports the health of one or more parts. */
export type Check = () => HealthOfParts | Promise<HealthOfParts>;

/** How often the health is checked while nobody asks: a loss is logged within ten seconds. */
const WATCH_INTERVAL_MS = 2_000;

/** How long a part may take to become ready at the start: it is not lost until then. */
const START_MS = 8_000;

const levels = { ok: 1, degraded: 0.5, unavailable: 0 } as const;

/**
 * Collects the health of the parts that a process depends on, and watches it: a part that is lost
 * or is back is logged once.
 */
@Injectable()
export class Health implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #checks: Check[] = [];
  readonly #states = new Map<string, PartHealth['state']>();
  #running: Promise<HealthOfParts> | null = null;
  #watching: NodeJS.Timeout | undefined;

  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    metrics: Metrics,
  ) {
    const gauge = new Gauge({
      name: 'tickets_health',
      help: 'Health of each part: 1 ok, 0.5 degraded, 0 unavailable',
      labelNames: ['part'],
      registers: [metrics.registry],
    });
    metrics.beforeScrape(async () => {
      const parts = Object.entries(await this.check());
      gauge.reset();
      for (const [part, { state }] of parts) gauge.set({ part }, levels[state]);
    });
  }

  /** Adds a check that runs every two seconds, and at requests for the health. */
  addCheck(check: Check): void {
    this.#checks.push(check);
  }

  /**
   * One check at a time, however many ask.
   *
   * @returns the health of every part, by the part's name
   */
  check(): Promise<HealthOfParts> {
    this.#running ??= this.#run().finally(() => (this.#running = null));
    return this.#running;
  }

  onApplicationBootstrap(): void {
    const startedAt = performance.now();
    let isDone = true;
    this.#watching = setInterval(() => {
      if (!isDone) return;
      isDone = false;
      const isStarting = performance.now() - startedAt < START_MS;
      void this.#watch(isStarting).finally(() => (isDone = true));
    }, WATCH_INTERVAL_MS).unref();
  }

  /** The stores close afterwards. */
  beforeApplicationShutdown(): void {
    clearInterval(this.#watching);
  }

  async #run(): Promise<HealthOfParts> {
    const results = await Promise.all(this.#checks.map(async (check) => check()));
    return Object.assign({}, ...results) as HealthOfParts;
  }

  async #watch(isStarting: boolean): Promise<void> {
    try {
      for (const [part, health] of Object.entries(await this.check())) {
        if (!isStarting || this.#states.has(part) || health.state === 'ok')
          this.#note(part, health);
      }
    } catch (error) {
      this.logger.warn({ err: error }, 'health check failed');
    }
  }

  #note(part: string, { state, detail }: PartHealth): void {
    const before = this.#states.get(part) ?? 'ok';
    this.#states.set(part, state);
    if (state === before) return;
    if (state === 'ok') this.logger.info({ part }, 'health restored');
    else this.logger.warn({ part, state, detail }, 'health lost');
  }
}

/** The health of parts as answers show it. */
export const publicHealth = (parts: HealthOfParts): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(parts).map(([part, { state, detail }]) => [
      part,
      state === 'ok' && detail === OK.detail ? detail : publicDetail(detail),
    ]),
  );
