import { LRUCache } from 'lru-cache';
import type { Codec } from '#event-store/codec/codec.js';
import {
  NO_STREAM,
  START,
  type EventReader,
  type Json,
  type Position,
  type RecordedEvent,
  type StreamHead,
} from '#event-store/event-store.js';
import { fitting, HistoryDamaged, requireHistory } from '#event-store/history.js';
import type { SnapshotStore } from '#event-store/snapshots.js';
import type { Decider } from './decider.js';

/** A stream folded up to a head, which may be older than the log's. */
export interface Folded<State> {
  readonly head: StreamHead;
  readonly position: Position;
  readonly state: State;
}

/** How many folded streams are cached. A folded ticket takes about a kilobyte. */
const CACHED_STREAMS = 10_000;
/** Other work of the thread runs between pages: folding one of the largest events takes a few milliseconds. */
const PAGE_SIZE_EVENTS = 100;
/** A snapshot is saved after this many events. */
const SNAPSHOT_INTERVAL_EVENTS = 100;

/** Folds streams and caches the result, so that a warm command reads nothing. */
export class StreamLoader<Command, State, Event> {
  readonly #cache = new LRUCache<string, Folded<State>>({ max: CACHED_STREAMS });

  constructor(
    private readonly decider: Decider<Command, State, Event>,
    private readonly codec: Codec<Event>,
    private readonly log: EventReader,
    private readonly snapshots: SnapshotStore,
  ) {}

  /** The cached state of a stream. It is stale if another process has written to the stream. */
  cached(stream: string): Folded<State> | undefined {
    return this.#cache.get(stream);
  }

  /**
   * Folds a stream up to its head in the log, starting from the cached state or the snapshot.
   *
   * @param checksCached - whether the last event of a cached state is read again, to see that it is
   *   still there; that costs as much as a third of a command
   * @throws HistoryDamaged if a record that is read was altered, or one is missing.
   */
  async load(stream: string, { checksCached = true } = {}): Promise<Folded<State>> {
    const cached = this.#cache.get(stream);
    const known = cached ?? (await this.#fromSnapshot(stream));
    let folded = known ?? { head: NO_STREAM, position: START, state: this.decider.initial };
    let again = !checksCached || cached === undefined || cached.head.revision < 0 ? 0 : 1;
    for (;;) {
      const from = folded.head.revision + 1 - again;
      const events = await this.log.readStream(stream, { from, limit: PAGE_SIZE_EVENTS });
      if (again > 0) {
        // Nothing more is decided on it if it is not.
        this.#cache.delete(stream);
        requireSame(stream, folded, events[0]);
      }
      const later = events.slice(again);
      requireHistory(stream, folded.head, later);
      folded = later.reduce((before, event) => this.#fold(before, event), folded);
      if (events.length < PAGE_SIZE_EVENTS) break;
      again = 0;
    }
    this.keep(stream, folded);
    return folded;
  }

  /** Caches a folded stream and saves a snapshot when one is due. */
  keep(stream: string, folded: Folded<State>): void {
    const before = this.#cache.peek(stream)?.head.revision ?? -1;
    this.#cache.set(stream, folded);
    const { head } = folded;
    if (
      Math.floor(head.revision / SNAPSHOT_INTERVAL_EVENTS) >
      Math.floor(before / SNAPSHOT_INTERVAL_EVENTS)
    ) {
      if (head.revision < SNAPSHOT_INTERVAL_EVENTS) return;
      const version = this.decider.stateVersion;
      this.snapshots.save(stream, { version, head, state: folded.state as Json });
    }
  }

  #fold({ state }: Folded<State>, event: RecordedEvent): Folded<State> {
    const decoded = this.codec.decode(event);
    return {
      head: { revision: event.revision, hash: event.hash },
      position: event.position,
      state: fitting(event, () => this.decider.evolve(state, decoded)),
    };
  }

  /** A snapshot is valid only if its last event is in the log. */
  async #fromSnapshot(stream: string): Promise<Folded<State> | undefined> {
    const snapshot = this.snapshots.load(stream);
    if (snapshot?.version !== this.decider.stateVersion) return undefined;
    const { head, state } = snapshot;
    const [last] = await this.log.readStream(stream, { from: head.revision, limit: 1 });
    return last?.hash === head.hash && last.damage === undefined
      ? { head, position: last.position, state: state as State }
      : undefined;
  }
}

/** @throws HistoryDamaged if the log has not the event any more that was folded last */
function requireSame(
  stream: string,
  { head, position }: Folded<unknown>,
  event: RecordedEvent | undefined,
): void {
  if (event?.hash === head.hash) return;
  const isThere = event?.revision === head.revision;
  const problem = isThere ? (event.damage ?? 'was exchanged') : 'is missing';
  throw new HistoryDamaged({ stream, revision: head.revision, position }, problem);
}
