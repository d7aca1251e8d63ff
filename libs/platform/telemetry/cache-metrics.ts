import { Counter, type Registry } from 'prom-client';

/** Counts a cache lookup as a hit or a miss. */
export type CountLookup = (hit: boolean) => void;

const NAME = 'tickets_cache_lookups_total';

export function countsLookups(registry: Registry, cache: string): CountLookup {
  const counter =
    (registry.getSingleMetric(NAME) as Counter | undefined) ??
    new Counter({
      name: NAME,
      help: 'Cache lookups by result: hit or miss',
      labelNames: ['cache', 'result'],
      registers: [registry],
    });
  const hits = counter.labels({ cache, result: 'hit' });
  const misses = counter.labels({ cache, result: 'miss' });
  // Both series exist from the start, so that rates can be computed.
  hits.inc(0);
  misses.inc(0);
  return (hit) => {
    (hit ? hits : misses).inc();
  };
}
