import { Gauge, Counter } from 'prom-client';
import { StoreUnavailable } from '#event-store/event-store.js';
import type { Metrics } from './metrics.js';
import type { ConsumerState } from './consumer-state.js';

const gauges = {
  up: 'Whether the consumer makes progress and its documents can be read (1) or not (0)',
  lag_events:
    'Events of the log that the consumer has not processed; an estimate if there are many',
  lag_seconds: 'Age of the oldest event that the consumer has not processed',
  parked_streams: 'Streams that the consumer has parked after an event that it could not process',
  rebuild_done: 'Progress of the copy that is being built, from 0 to 1',
} as const;
type GaugeName = keyof typeof gauges;
type Gauges = Readonly<Record<GaugeName, Gauge>>;

const labelNames = ['projection'];

type Kind = 'projection' | 'policy';

/** Reports the states of all projections or all policies, whichever process runs them. */
export function reportConsumerStates(
  metrics: Metrics,
  kind: Kind,
  read: () => Promise<readonly ConsumerState[]>,
): void {
  const registers = [metrics.registry];
  const made = Object.fromEntries(
    Object.entries(gauges).map(([name, help]) => [
      name,
      new Gauge({ name: `tickets_${kind}_${name}`, help, labelNames: [kind], registers }),
    ]),
  ) as Gauges;
  metrics.beforeScrape(async () => {
    // Without the log nothing is known; the health says so.
    const states = await read().catch((error: unknown) => {
      if (!(error instanceof StoreUnavailable)) throw error;
      for (const gauge of Object.values(made)) gauge.reset();
      return [];
    });
    for (const state of states) setAll(made, kind, state);
  });
}

function setAll(
  made: Gauges,
  kind: Kind,
  { name, state, lag, lagSeconds, failures, rebuild }: ConsumerState,
): void {
  const set = (gauge: GaugeName, value: number | null) => {
    // An unknown value is omitted, not reported as 0.
    if (value === null) made[gauge].remove({ [kind]: name });
    else made[gauge].set({ [kind]: name }, value);
  };
  set('up', state === 'running' || state === 'behind' ? 1 : 0);
  set('lag_events', lag);
  set('lag_seconds', lagSeconds);
  set('parked_streams', failures.filter(({ kind }) => kind === 'parked').length);
  set('rebuild_done', rebuild?.done ?? null);
}

/** Counts the events that this process projects. */
export function countProjected(metrics: Metrics): (projection: string, events: number) => void {
  const counter = new Counter({
    name: 'tickets_projection_events_total',
    help: 'Events that the projection has processed since the start of the process',
    labelNames,
    registers: [metrics.registry],
  });
  return (projection, events) => {
    counter.inc({ projection }, events);
  };
}

/** Reports which projections this process runs, and for which it is on standby. */
export function reportActiveProjections(
  metrics: Metrics,
  names: readonly string[],
  active: () => ReadonlySet<string>,
): void {
  const gauge = new Gauge({
    name: 'tickets_projection_active',
    help: 'Whether this process runs the projection (1) or is on standby (0)',
    labelNames,
    registers: [metrics.registry],
  });
  metrics.beforeScrape(() => {
    for (const projection of names) gauge.set({ projection }, active().has(projection) ? 1 : 0);
  });
}
