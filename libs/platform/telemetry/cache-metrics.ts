import { Counter, type Registry } from 'prom-client';

/** Counts a look into a cache, and whether it had what was looked for. */
export type CountLookup = (hit: boolean) => void;

const NAME = 'tickets_cache_lookups_total';

export function countsLookups(registry: Registry, cache: string): CountLookup {
  const counter =
    (registry.getSingleMetric(NAME) as Counter | undefined) ??
    new Counter({
      name: NAME,
      help: 'Looks into a cache: how many found what they looked for, and how many did not',
      labelNames: ['cache', 'result'],
      registers: [registry],
    });
  const hits = counter.labels({ cache, result: 'hit' });
  const misses = counter.labels({ cache, result: 'miss' });
  // Both are there from the start, so that a rate can be told.
  hits.inc(0);
  misses.inc(0);
  return (hit) => {
    (hit ? hits : misses).inc();
  };
}
