import { Gauge, Counter } from 'prom-client';
import type { Metrics } from './metrics.js';
import type { ProjectionState, ProjectionStates } from './projection-states.js';

const gauges = {
  up: 'Whether the projection answers and goes on (1) or not (0)',
  lag_events: 'Events of the log that the projection has not reached; about, where they are many',
  lag_seconds: 'Age of the oldest event that the projection has not reached',
  parked_streams: 'Streams that the projection has parked after an event that it cannot take',
  rebuild_done: 'How much of the log a copy that is being made has, from 0 to 1',
} as const;
type GaugeName = keyof typeof gauges;

const labelNames = ['projection'];

/** Tells how the projections are, wherever they are projected. */
export function tellProjections(metrics: Metrics, states: Pick<ProjectionStates, 'all'>): void {
  const registers = [metrics.registry];
  const gauge = (name: GaugeName) =>
    new Gauge({ name: `tickets_projection_${name}`, help: gauges[name], labelNames, registers });
  const made: Readonly<Record<GaugeName, Gauge>> = {
    up: gauge('up'),
    lag_events: gauge('lag_events'),
    lag_seconds: gauge('lag_seconds'),
    parked_streams: gauge('parked_streams'),
    rebuild_done: gauge('rebuild_done'),
  };
  metrics.atScrape(async () => {
    for (const state of await states.all()) setAll(made, state);
  });
}

function setAll(
  made: Readonly<Record<GaugeName, Gauge>>,
  { name, state, lag, lagSeconds, failures, rebuild }: ProjectionState,
): void {
  const set = (gauge: GaugeName, value: number | null) => {
    // What is not known is left out, rather than told as 0.
    if (value === null) made[gauge].remove({ projection: name });
    else made[gauge].set({ projection: name }, value);
  };
  set('up', state === 'running' || state === 'behind' ? 1 : 0);
  set('lag_events', lag);
  set('lag_seconds', lagSeconds);
  set('parked_streams', failures.filter(({ kind }) => kind === 'parked').length);
  set('rebuild_done', rebuild?.done ?? null);
}

/** Counts what this process projects. */
export function countProjected(metrics: Metrics): (projection: string, events: number) => void {
  const counter = new Counter({
    name: 'tickets_projection_events_total',
    help: 'Events that the projection has projected since the start',
    labelNames,
    registers: [metrics.registry],
  });
  return (projection, events) => {
    counter.inc({ projection }, events);
  };
}

/** Tells which projections this process projects, and for which it stands by. */
export function tellActive(
  metrics: Metrics,
  { names, active }: { readonly names: readonly string[]; readonly active: ReadonlySet<string> },
): void {
  const gauge = new Gauge({
    name: 'tickets_projection_active',
    help: 'Whether this process projects it (1) or stands by (0)',
    labelNames,
    registers: [metrics.registry],
  });
  metrics.atScrape(() => {
    for (const projection of names) gauge.set({ projection }, active.has(projection) ? 1 : 0);
    return Promise.resolve();
  });
}
