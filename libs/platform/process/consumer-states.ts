import { Injectable } from '@nestjs/common';
import type { Consumer } from '#consuming/consumer.js';
import type { ConsumerIdentity, LeaseRecord } from '#consuming/lease.js';
import { EventReader, type Position } from '#event-store/event-store.js';
import { ViewStoreUnavailable, type CopyStatus } from '#view-stores/view-store.js';
import { System } from '../system.js';
import type {
  ConsumerCondition,
  ConsumerFailure,
  ConsumerState,
  RebuildProgress,
} from './consumer-state.js';
import { DurableConsumers } from './durable-consumers.js';
import { inTime } from './in-time.js';
import { Stillness } from './stillness.js';

/** A consumer is `behind` once its oldest waiting event is older than this. */
const BEHIND_SECONDS = 30;

/** A consumer is `frozen` once it has shown no sign of life for so long. */
const FROZEN_SECONDS = 5;

/** Derives the state of every durable consumer from its store and the log, in any process. */
@Injectable()
export class ConsumerStates {
  readonly #stillness = new Stillness();

  constructor(
    private readonly consumers: DurableConsumers,
    private readonly log: EventReader,
    private readonly system: System,
  ) {}

  ofProjections(): Promise<readonly ConsumerState[]> {
    return this.#statesOf(this.consumers.projections);
  }

  ofPolicies(): Promise<readonly ConsumerState[]> {
    return this.#statesOf(this.consumers.policies);
  }

  async #statesOf(consumers: readonly Consumer[]): Promise<readonly ConsumerState[]> {
    const head = await this.log.headPosition();
    return Promise.all(
      consumers.map(async (consumer) => {
        const { name, version } = consumer.projection;
        const state = await inTime(this.#stateOf(consumer, head));
        return state ?? unavailable(name, version, 'The store of its documents does not answer.');
      }),
    );
  }

  async #stateOf({ projection, store }: Consumer, head: Position): Promise<ConsumerState> {
    const { name, version } = projection;
    try {
      const { live, rebuild } = await store.status(projection);
      // Halted documents are of another log, which this one cannot be compared with.
      const reached = live === null || live.halted !== null ? null : live.checkpoint.position;
      const lagSeconds = reached === null ? null : await this.#age(reached, head);
      const failures = [...failuresOf(live), ...failuresOf(rebuild)];
      const lease = leaseOf(projection, await store.leases.all());
      const isFrozen = this.#isFrozen(projection, lease, reached, lagSeconds);
      return {
        name,
        version,
        state: conditionOf(live, failures, lagSeconds, isFrozen),
        position: live === null ? null : live.checkpoint.position.toString(),
        lag: reached === null ? null : await this.#lag(reached, head),
        lagSeconds,
        failures,
        holder: lease?.holder ?? null,
        rebuild: rebuild === null ? null : progressOf(rebuild, head),
      };
    } catch (error) {
      if (!(error instanceof ViewStoreUnavailable)) throw error;
      return unavailable(name, version, error.message);
    }
  }

  /** Its lease is not renewed, or events wait and its position stays. */
  #isFrozen(
    { name, version }: ConsumerIdentity,
    lease: LeaseRecord | undefined,
    reached: Position | null,
    lagSeconds: number | null,
  ): boolean {
    const renewed = `${lease?.token} ${lease?.renewals}`;
    const unrenewed = this.#stillness.secondsOf(`lease ${name} ${version}`, renewed);
    const unmoved = this.#stillness.secondsOf(`position ${name} ${version}`, String(reached));
    return unrenewed >= FROZEN_SECONDS || Math.min(unmoved, lagSeconds ?? 0) >= FROZEN_SECONDS;
  }

  async #lag(after: Position, head: Position): Promise<number> {
    return after >= head ? 0 : this.log.countAfter(after);
  }

  /** The age of the first event after a position, in seconds. */
  async #age(after: Position, head: Position): Promise<number> {
    if (after >= head) return 0;
    const [next] = await this.log.readAll({ after, limit: 1 });
    if (next === undefined || next.damage !== undefined) return 0;
    return Math.max(0, (Date.parse(this.system.now()) - Date.parse(next.at)) / 1_000);
  }
}

function conditionOf(
  live: CopyStatus | null,
  failures: readonly ConsumerFailure[],
  lagSeconds: number | null,
  isFrozen: boolean,
): ConsumerCondition {
  if (failures.some(({ kind }) => kind === 'stopped')) return 'stopped';
  if (live === null) return 'building';
  if (isFrozen) return 'frozen';
  return (lagSeconds ?? 0) > BEHIND_SECONDS ? 'behind' : 'running';
}

function failuresOf(copy: CopyStatus | null): ConsumerFailure[] {
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

const unavailable = (name: string, version: number, error: string): ConsumerState => ({
  name,
  version,
  state: 'unavailable',
  position: null,
  lag: null,
  lagSeconds: null,
  failures: [{ kind: 'stopped', error }],
  holder: null,
  rebuild: null,
});

const leaseOf = (
  { name, version }: ConsumerIdentity,
  leases: readonly LeaseRecord[],
): LeaseRecord | undefined =>
  leases.find((lease) => lease.name === name && lease.version === version);
