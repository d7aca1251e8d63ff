import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { HistoryDamaged } from '#event-store/history.js';
import { logCheck } from '#projections/log-check.js';
import { ViewStore } from '#view-stores/view-store.js';
import { Metrics } from './metrics.js';

/** How often the findings of the check of the log are read. */
const READ_INTERVAL_MS = 2_000;

/** The streams whose history is damaged, as the consumers of any process have found. */
@Injectable()
export class DamagedHistories implements OnModuleInit, OnModuleDestroy {
  #found: ReadonlyMap<string, HistoryDamaged> = new Map();
  #reading: NodeJS.Timeout | undefined;

  constructor(
    private readonly store: ViewStore,
    metrics: Metrics,
  ) {
    const gauge = new Gauge({
      name: 'tickets_damaged_streams',
      help: 'Streams of the log whose records are altered, missing or of another program',
      registers: [metrics.registry],
    });
    metrics.beforeScrape(() => {
      gauge.set(this.#found.size);
    });
  }

  /** @throws HistoryDamaged with the place if the stream's history is known to be damaged. */
  requireIntact(stream: string): void {
    const damage = this.#found.get(stream);
    if (damage !== undefined) throw new HistoryDamaged(damage.place, damage.problem);
  }

  async onModuleInit(): Promise<void> {
    await this.#read();
    this.#reading = setInterval(() => void this.#read(), READ_INTERVAL_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.#reading);
  }

  /** Keeps what is known while the store cannot be read, which health reports. */
  async #read(): Promise<void> {
    const status = await this.store.status(logCheck).catch(() => null);
    if (status === null) return;
    const found = new Map<string, HistoryDamaged>();
    // A check that is under way takes effect with each finding.
    const parkedStreams = [status.live, status.rebuild].flatMap((copy) => copy?.parked ?? []);
    for (const parked of parkedStreams) {
      const damage = HistoryDamaged.reported(parked, parked.error);
      if (damage !== null) found.set(parked.stream, damage);
    }
    this.#found = found;
  }
}
