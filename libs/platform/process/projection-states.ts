import type { EventReader, Position } from '#event-store/event-store.js';
import type { System } from '../system.js';
import type { Projection } from '#projections/projection.js';
import {
  ViewStoreUnavailable,
  type CopyStatus,
  type ParkedStream,
  type ViewStore,
} from '#view-stores/view-store.js';
import { projections } from '#projections/all.js';

/** Events that wait longer than this make a projection "behind". */
const BEHIND_SECONDS = 30;

/**
 * - `running`: it answers, and is as far as the log, or nearly
 * - `behind`: it answers, with what was so a while ago
 * - `building`: it is made for the first time, and does not answer yet
 * - `stopped`: it cannot go on; its failures say why, and it tries again by itself
 * - `unavailable`: its store cannot be asked
 */
export type ProjectionCondition = 'running' | 'behind' | 'building' | 'stopped' | 'unavailable';

/** How far a copy that is being made has got. */
export interface RebuildProgress {
  readonly position: string;
  /** How much of the log it has, from 0 to 1. */
  readonly done: number;
  readonly eventsPerSecond: number | null;
  readonly remainingSeconds: number | null;
}

export type ProjectionFailure =
  | { readonly kind: 'stopped'; readonly error: string }
  | ({ readonly kind: 'parked' } & Omit<ParkedStream, 'position' | 'retry'> & {
        readonly position: string;
      });

export interface ProjectionState {
  readonly name: string;
  readonly version: number;
  readonly state: ProjectionCondition;
  /** The position that it has reached; null where it does not answer yet. */
  readonly position: string | null;
  /** How many events of the log it has not reached: about, where they are very many. */
  readonly lag: number | null;
  /** The age of the oldest event that it has not reached; 0 where there is none. */
  readonly lagSeconds: number | null;
  readonly failures: readonly ProjectionFailure[];
  /** The copy that is being made, the first one or one beside the live one. */
  readonly rebuild: RebuildProgress | null;
}

/** How the projections are: from their store and the log, so that any process can tell. */
export class ProjectionStates {
  constructor(
    private readonly store: ViewStore,
    private readonly log: EventReader,
    private readonly system: System,
  ) {}

  async all(): Promise<readonly ProjectionState[]> {
    const head = await this.log.headPosition();
    return Promise.all(projections.map((projection) => this.#stateOf(projection, head)));
  }

  async #stateOf(projection: Projection<object>, head: Position): Promise<ProjectionState> {
    const { name, version } = projection;
    try {
      const { live, rebuild } = await this.store.status(projection);
      const lagSeconds = live === null ? null : await this.#age(live.checkpoint.position, head);
      const failures = [...failuresOf(live), ...failuresOf(rebuild)];
      return {
        name,
        version,
        state: conditionOf(live, failures, lagSeconds),
        position: live === null ? null : live.checkpoint.position.toString(),
        lag: live === null ? null : await this.#lag(live.checkpoint.position, head),
        lagSeconds,
        failures,
        rebuild: rebuild === null ? null : progressOf(rebuild, head),
      };
    } catch (error) {
      if (!(error instanceof ViewStoreUnavailable)) throw error;
      return unavailable(name, version, error.message);
    }
  }

  async #lag(after: Position, head: Position): Promise<number> {
    return after >= head ? 0 : this.log.countAfter(after);
  }

  /** The age of the first event behind a position, in seconds. */
  async #age(after: Position, head: Position): Promise<number> {
    if (after >= head) return 0;
    const [next] = (await this.log.readAll({ after, limit: 1 })).events;
    if (next === undefined) return 0;
    return Math.max(0, (Date.parse(this.system.now()) - Date.parse(next.at)) / 1_000);
  }
}

function conditionOf(
  live: CopyStatus | null,
  failures: readonly ProjectionFailure[],
  lagSeconds: number | null,
): ProjectionCondition {
  if (failures.some(({ kind }) => kind === 'stopped')) return 'stopped';
  if (live === null) return 'building';
  return (lagSeconds ?? 0) > BEHIND_SECONDS ? 'behind' : 'running';
}

function failuresOf(copy: CopyStatus | null): ProjectionFailure[] {
  if (copy === null) return [];
  const failure = copy.halted ?? copy.report.failure;
  return [
    ...(failure === null ? [] : [{ kind: 'stopped' as const, error: failure }]),
    ...copy.parked.map(({ stream, revision, position, type, error }) => ({
      kind: 'parked' as const,
      stream,
      revision,
      position: position.toString(),
      type,
      error,
    })),
  ];
}

function progressOf(
  { checkpoint: { position }, report }: CopyStatus,
  head: Position,
): RebuildProgress {
  const { eventsPerSecond, positionsPerSecond } = report;
  const left = Math.max(0, Number(head - position));
  return {
    position: position.toString(),
    done: head < 0n ? 1 : Math.min(1, Number(position + 1n) / Number(head + 1n)),
    eventsPerSecond: eventsPerSecond === null ? null : Math.round(eventsPerSecond),
    remainingSeconds: positionsPerSecond ? Math.round(left / positionsPerSecond) : null,
  };
}

const unavailable = (name: string, version: number, error: string): ProjectionState => ({
  name,
  version,
  state: 'unavailable',
  position: null,
  lag: null,
  lagSeconds: null,
  failures: [{ kind: 'stopped', error }],
  rebuild: null,
});
