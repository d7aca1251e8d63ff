import type { EventReader } from '#event-store/event-store.js';
import type { PartHealth } from './health.js';
import type { ProjectionState, ProjectionStates } from './projection-states.js';

type Parts = Record<string, PartHealth>;

export const OK: PartHealth = { state: 'ok', detail: 'ok' };

export const unavailable = (detail: string): PartHealth => ({ state: 'unavailable', detail });

/** Whether the log can be read. */
export async function logHealth(log: Pick<EventReader, 'headPosition'>): Promise<PartHealth> {
  try {
    await log.headPosition();
    return OK;
  } catch (error) {
    return unavailable((error as Error).message);
  }
}

/** The log, and whether every projection answers and goes on, which only the log can tell. */
export async function logAndProjections(
  log: Pick<EventReader, 'headPosition'>,
  states: Pick<ProjectionStates, 'all'>,
  healthOf: (state: ProjectionState) => PartHealth = projectionHealth,
): Promise<Parts> {
  const parts: Parts = { log: await logHealth(log) };
  if (parts['log'] !== OK) return parts;
  for (const state of await states.all()) parts[`projection ${state.name}`] = healthOf(state);
  return parts;
}

export function projectionHealth({ state, lagSeconds, failures }: ProjectionState): PartHealth {
  const stopped = failures.find(({ kind }) => kind === 'stopped');
  if (stopped !== undefined) return unavailable(stopped.error);
  if (state === 'building') return unavailable('being made: it does not answer yet');
  const notes = [
    ...(state === 'behind' ? [`behind by ${Math.round(lagSeconds ?? 0)} s`] : []),
    ...(failures.length > 0 ? [`streams parked: ${failures.length}`] : []),
  ];
  return notes.length === 0 ? OK : { state: 'degraded', detail: notes.join('; ') };
}
