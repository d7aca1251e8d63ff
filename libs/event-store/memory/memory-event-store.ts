import {
  EventIdTaken,
  NO_STREAM,
  START,
  WrongExpectedRevision,
  type Appended,
  type EventStore,
  type EventToAppend,
  type Position,
  type ReadAllOptions,
  type ReadStreamOptions,
  type RecordedEvent,
  type StreamHead,
  type SubscribeOptions,
} from '../event-store.js';
import { openRecord, seal } from '../integrity/chain.js';
import { follow, Notifier } from '../follow.js';

/** An event log in memory, for tests and experiments. */
export class MemoryEventStore implements EventStore {
  readonly refusal = null;
  readonly #log: RecordedEvent[] = [];
  readonly #streams = new Map<string, RecordedEvent[]>();
  readonly #byId = new Map<string, RecordedEvent>();
  readonly #notifier = new Notifier();

  checkAppends(): Promise<void> {
    return Promise.resolve();
  }

  append(
    stream: string,
    expected: StreamHead,
    events: readonly EventToAppend[],
  ): Promise<Appended> {
    const existing = this.#streams.get(stream) ?? [];
    const last = existing.at(-1) ?? NO_STREAM;
    if (last.revision !== expected.revision || last.hash !== expected.hash) {
      return this.#repeated(stream, expected, events);
    }
    const ids = new Set(events.map(({ id }) => id));
    if (ids.size < events.length || events.some(({ id }) => this.#byId.has(id))) {
      return Promise.reject(new EventIdTaken(stream));
    }
    const appended = seal(stream, expected, events).flatMap(
      ({ record, hash }, index) => openRecord(record, hash, BigInt(this.#log.length + index)) ?? [],
    );
    this.#streams.set(stream, [...existing, ...appended]);
    for (const event of appended) {
      this.#log.push(event);
      this.#byId.set(event.id, event);
    }
    this.#notifier.notify();
    return Promise.resolve(answer(appended, false));
  }

  #repeated(
    stream: string,
    expected: StreamHead,
    events: readonly EventToAppend[],
  ): Promise<Appended> {
    const first = expected.revision + 1;
    const there = (this.#streams.get(stream) ?? []).slice(first, first + events.length);
    const same =
      there.length === events.length && there.every(({ id }, index) => id === events[index]?.id);
    return same
      ? Promise.resolve(answer(there, true))
      : Promise.reject(new WrongExpectedRevision(stream, expected));
  }

  readStream(stream: string, options: ReadStreamOptions): Promise<readonly RecordedEvent[]> {
    const events = this.#streams.get(stream) ?? [];
    const { from, direction = 'forwards', limit } = options;
    if (direction === 'forwards') {
      return Promise.resolve(events.slice(from ?? 0, (from ?? 0) + limit));
    }
    const backwards = events.slice(0, (from ?? events.length - 1) + 1).reverse();
    return Promise.resolve(backwards.slice(0, limit));
  }

  readAll({ after, limit }: ReadAllOptions): Promise<readonly RecordedEvent[]> {
    const first = Number(after) + 1;
    return Promise.resolve(this.#log.slice(first, first + limit));
  }

  eventAt(position: Position): Promise<RecordedEvent | null> {
    return Promise.resolve(this.#log[Number(position)] ?? null);
  }

  subscribeToAll(options: SubscribeOptions): AsyncIterable<readonly RecordedEvent[]> {
    return follow(this, this.#notifier, options);
  }

  findEvent(id: string): Promise<RecordedEvent | null> {
    return Promise.resolve(this.#byId.get(id) ?? null);
  }

  headPosition(): Promise<Position> {
    return Promise.resolve(this.#log.at(-1)?.position ?? START);
  }

  countAfter(position: Position): Promise<number> {
    return Promise.resolve(this.#log.filter((event) => event.position > position).length);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

function answer(events: readonly RecordedEvent[], repeated: boolean): Appended {
  const last = events.at(-1);
  if (last === undefined) throw new RangeError('An append needs at least one event.');
  return { head: { revision: last.revision, hash: last.hash }, position: last.position, repeated };
}
