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
import type { SnapshotStore } from '#event-store/snapshots.js';
import type { Decider } from './decider.js';

/** A stream folded up to its head, as far as it is known. */
export interface Folded<State> {
  readonly head: StreamHead;
  readonly position: Position;
  readonly state: State;
}

/** How many folded streams are kept. A folded ticket takes about a kilobyte. */
const KEPT_STREAMS = 10_000;
const PAGE = 500;
/** A stream gets a snapshot every so many events. */
const SNAPSHOT_EVERY = 100;

/** Folds streams, and keeps what it folded, so that a warm command reads nothing. */
export class StreamLoader<Command, State, Event> {
  readonly #kept = new LRUCache<string, Folded<State>>({ max: KEPT_STREAMS });

  constructor(
    private readonly decider: Decider<Command, State, Event>,
    private readonly codec: Codec<Event>,
    private readonly log: EventReader,
    private readonly snapshots: SnapshotStore,
  ) {}

  /** What is kept of a stream, which may be behind the log where others write to it, too. */
  kept(stream: string): Folded<State> | undefined {
    return this.#kept.get(stream);
  }

  /** Folds a stream up to its end on the log, from what is kept or from its snapshot on. */
  async load(stream: string): Promise<Folded<State>> {
    const known = this.#kept.get(stream) ?? (await this.#fromSnapshot(stream));
    let folded = known ?? { head: NO_STREAM, position: START, state: this.decider.initial };
    for (;;) {
      const from = folded.head.revision + 1;
      const events = await this.log.readStream(stream, { from, limit: PAGE });
      folded = events.reduce((before, event) => this.#fold(before, event), folded);
      if (events.length < PAGE) break;
    }
    this.keep(stream, folded);
    return folded;
  }

  /** Keeps a folded stream; a long one gets a snapshot now and then. */
  keep(stream: string, folded: Folded<State>): void {
    const before = this.#kept.peek(stream)?.head.revision ?? -1;
    this.#kept.set(stream, folded);
    const { head } = folded;
    if (Math.floor(head.revision / SNAPSHOT_EVERY) > Math.floor(before / SNAPSHOT_EVERY)) {
      if (head.revision < SNAPSHOT_EVERY) return;
      const version = this.decider.stateVersion;
      this.snapshots.save(stream, { version, head, state: folded.state as Json });
    }
  }

  #fold({ state }: Folded<State>, event: RecordedEvent): Folded<State> {
    return {
      head: { revision: event.revision, hash: event.hash },
      position: event.position,
      state: this.decider.evolve(state, this.codec.decode(event)),
    };
  }

  /** A snapshot counts only where the log has the event that it ends with. */
  async #fromSnapshot(stream: string): Promise<Folded<State> | undefined> {
    const snapshot = this.snapshots.load(stream);
    if (snapshot?.version !== this.decider.stateVersion) return undefined;
    const { head, state } = snapshot;
    const [last] = await this.log.readStream(stream, { from: head.revision, limit: 1 });
    return last?.hash === head.hash
      ? { head, position: last.position, state: state as State }
      : undefined;
  }
}
