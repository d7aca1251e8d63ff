import type { EventReader } from '#event-store/event-store.js';
import type { ProjectionState, ProjectionStates } from '../query-api/admin/projection-states.js';
import { Health, type PartHealth } from './health.js';

/** The log can be read, and every projection answers and goes on. */
export class StandaloneHealth extends Health {
  constructor(
    private readonly log: EventReader,
    private readonly states: Pick<ProjectionStates, 'all'>,
    /** What is wrong with the projector as a whole; null while it runs. */
    private readonly projector: () => string | null,
  ) {
    super();
  }

  async check(): Promise<Record<string, PartHealth>> {
    const projector = this.projector();
    const parts: Record<string, PartHealth> = {
      log: await this.#logHealth(),
      projector: projector === null ? OK : { state: 'unavailable', detail: projector },
    };
    if (parts['log']?.state !== 'ok') return parts;
    for (const state of await this.states.all()) {
      parts[`projection ${state.name}`] = healthOf(state);
    }
    return parts;
  }

  async #logHealth(): Promise<PartHealth> {
    try {
      await this.log.headPosition();
      return OK;
    } catch (error) {
      return { state: 'unavailable', detail: (error as Error).message };
    }
  }
}

const OK: PartHealth = { state: 'ok', detail: 'ok' };

function healthOf({ state, lagSeconds, failures }: ProjectionState): PartHealth {
  const stopped = failures.find(({ kind }) => kind === 'stopped');
  if (stopped !== undefined) return { state: 'unavailable', detail: stopped.error };
  if (state === 'building') {
    return { state: 'unavailable', detail: 'being made: it does not answer yet' };
  }
  const notes = [
    ...(state === 'behind' ? [`behind by ${Math.round(lagSeconds ?? 0)} s`] : []),
    ...(failures.length > 0 ? [`streams parked: ${failures.length}`] : []),
  ];
  return notes.length === 0 ? OK : { state: 'degraded', detail: notes.join('; ') };
}
