import type { EventReader } from '#event-store/event-store.js';
import type { ProjectionState, ProjectionStates } from './projection-states.js';

/** A `degraded` part works but needs attention; the process cannot work without an `unavailable` one. */
export interface PartHealth {
  readonly state: 'ok' | 'degraded' | 'unavailable';
  readonly detail: string;
}

export const OK: PartHealth = { state: 'ok', detail: 'ok' };

export const degraded = (detail: string): PartHealth => ({ state: 'degraded', detail });

export const unavailable = (detail: string): PartHealth => ({ state: 'unavailable', detail });

/** The health of a process is that of its worst part. */
export const worstOf = (parts: readonly PartHealth[]): PartHealth['state'] =>
  (['unavailable', 'degraded'] as const).find((state) =>
    parts.some((part) => part.state === state),
  ) ?? 'ok';

/** Whether the log can be read. */
export async function logHealth(log: Pick<EventReader, 'headPosition'>): Promise<PartHealth> {
  try {
    await log.headPosition();
    return OK;
  } catch (error) {
    return unavailable((error as Error).message);
  }
}

/** The health of the log, and of every projection if the log can be read: lag is measured against it. */
export async function logAndProjections(
  log: Pick<EventReader, 'headPosition'>,
  states: Pick<ProjectionStates, 'all'>,
  healthOf: (state: ProjectionState) => PartHealth = projectionHealth,
): Promise<Readonly<Record<string, PartHealth>> & { readonly log: PartHealth }> {
  const health = await logHealth(log);
  if (health !== OK) return { log: health };
  const projections = (await states.all()).map(
    (state) => [`projection ${state.name}`, healthOf(state)] as const,
  );
  return { log: health, ...Object.fromEntries(projections) };
}

export function projectionHealth({ state, lagSeconds, failures }: ProjectionState): PartHealth {
  const stopped = failures.find(({ kind }) => kind === 'stopped');
  if (stopped !== undefined) return unavailable(stopped.error);
  if (state === 'building') return unavailable('being built: it cannot be queried yet');
  const notes = [
    ...(state === 'behind' ? [`behind by ${Math.round(lagSeconds ?? 0)} s`] : []),
    ...(failures.length > 0 ? [`streams parked: ${failures.length}`] : []),
  ];
  return notes.length === 0 ? OK : degraded(notes.join('; '));
}
