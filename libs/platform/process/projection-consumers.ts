import type { Consumer } from '#consuming/consumer.js';
import { projections } from '#projections/all.js';
import { logCheck } from '#projections/log-check.js';
import { streamEnds } from '#projections/stream-ends.js';
import type { ViewStore } from '#view-stores/view-store.js';
import type { Configuration } from '../configuration.js';

/** A start has other work to do first. */
const FIRST_CHECK_AFTER_MS = 60_000;

/** The consumers that a process with projections runs: all projections, and the check of the log. */
export const projectionConsumers = (
  store: ViewStore,
  { intervalHours, maxEventsPerSecond }: Configuration['logCheck'],
): readonly Consumer[] => [
  ...projections.map((projection) => ({ projection, store })),
  {
    projection: logCheck,
    store,
    check: {
      intervalMs: intervalHours * 3_600_000,
      firstAfterMs: FIRST_CHECK_AFTER_MS,
      maxEventsPerSecond,
      ends: () => streamEnds(store),
    },
  },
];
