import { randomUUID } from 'node:crypto';
import { checkAppend, NO_STREAM, type ExpectedRevision } from './check-append.js';
import { LAST_REVISION, sizeOf, type ProposedEvent, type RecordedEvent } from './recorded-event.js';
import { objectIn, readMetadata } from './stream-metadata.js';
import { describedBy, metadataStreamOf, Stream } from './stream.js';

export type Outcome =
  /** The position is null if nothing was written. */
  | { readonly kind: 'done'; readonly revision: number; readonly position: number | null }
  | { readonly kind: 'wrong revision'; readonly current: number }
  | { readonly kind: 'deleted' };

/** The approximate overhead of a record on EventStoreDB's disk. */
const RECORD_OVERHEAD_BYTES = 67;
const JSON_CONTENT = 'application/json';
const NOTHING = new Uint8Array();

/** The log: in memory, in order, with positions like offsets in bytes. */
export class EventLog {
  /** All events, by position. */
  readonly all: RecordedEvent[] = [];
  readonly #streams = new Map<string, Stream>();
  readonly #byId = new Map<string, RecordedEvent>();
  readonly #followers = new Set<() => void>();
  #end = RECORD_OVERHEAD_BYTES;

  /** @param keep - stores the events of each append before they are visible */
  constructor(
    private readonly now: () => number = Date.now,
    private readonly keep: (events: readonly RecordedEvent[]) => void = () => undefined,
  ) {}

  stream(name: string): Stream | undefined {
    return this.#streams.get(name);
  }

  /** Whether the stream, or the stream of this metadata stream, has a tombstone. */
  isTombstoned(name: string): boolean {
    const described = describedBy(name);
    if (described !== null && this.stream(described)?.tombstoned === true) return true;
    return this.stream(name)?.tombstoned === true;
  }

  /** The index in `all` of the first event at or after a position. */
  indexOf(position: number): number {
    let low = 0;
    let high = this.all.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.all[middle]?.position ?? Infinity) < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Calls `wake` after every write; returns a function that ends this. */
  follow(wake: () => void): () => void {
    this.#followers.add(wake);
    return () => this.#followers.delete(wake);
  }

  append(name: string, expected: ExpectedRevision, events: readonly ProposedEvent[]): Outcome {
    if (this.isTombstoned(name)) return { kind: 'deleted' };
    const stream = this.streamFor(name);
    const verdict = checkAppend(
      stream,
      expected,
      events,
      (id) => this.#byId.get(id),
      this.#hasEvents(metadataStreamOf(name)),
    );
    if (verdict.kind === 'deleted') return verdict;
    if (verdict.kind === 'wrong revision') return { ...verdict, current: stream.lastRevision };
    if (verdict.kind === 'repeated') {
      return {
        kind: 'done',
        revision: verdict.last.revision,
        position: verdict.last.position,
      };
    }
    const described = this.stream(describedBy(name) ?? '');
    const revives = described?.softDeleted === true && events.length > 0;
    const outcome = this.#write(stream, events);
    if (revives) this.#revive(described.name, described.lastRevision + 1);
    return outcome;
  }

  /** Deletes a stream, which can be written again: its revisions continue. */
  delete(name: string, expected: ExpectedRevision): Outcome {
    const checked = this.#checkDelete(name, expected);
    if (checked !== null) return checked;
    const metadata = metadataStreamOf(name);
    if (!this.#hasEvents(name) && !this.#hasEvents(metadata)) {
      return { kind: 'wrong revision', current: NO_STREAM };
    }
    const deleted = Buffer.from('{"$tb":9223372036854775807}');
    return this.#write(this.streamFor(metadata), [metadataEvent(deleted)]);
  }

  /** Deletes a stream permanently: it cannot be written again. */
  tombstone(name: string, expected: ExpectedRevision): Outcome {
    const checked = this.#checkDelete(name, expected);
    if (checked !== null) return checked;
    const stream = this.streamFor(name);
    const proposed = {
      id: randomUUID(),
      type: '$streamDeleted',
      contentType: JSON_CONTENT,
      data: NOTHING,
      metadata: NOTHING,
    };
    const position = this.#record(stream, [proposed], LAST_REVISION);
    this.#wake();
    return { kind: 'done', revision: LAST_REVISION, position };
  }

  /** Writes the metadata of a stream. */
  describe(name: string, metadata: Readonly<Record<string, unknown>>): void {
    const content = Buffer.from(JSON.stringify(metadata));
    this.append(metadataStreamOf(name), 'any', [metadataEvent(content)]);
  }

  /** Restores a stored event unchanged. */
  restore(event: RecordedEvent): void {
    this.#take(this.streamFor(event.streamName), event);
  }

  #checkDelete(name: string, expected: ExpectedRevision): Outcome | null {
    if (this.isTombstoned(name)) return { kind: 'deleted' };
    const stream = this.stream(name) ?? new Stream(name);
    const attempt = [{ ...metadataEvent(NOTHING), id: randomUUID() }];
    const hasMetadata = this.#hasEvents(metadataStreamOf(name));
    const verdict = checkAppend(stream, expected, attempt, () => undefined, hasMetadata);
    return verdict.kind === 'new' ? null : { kind: 'wrong revision', current: stream.lastRevision };
  }

  #write(stream: Stream, events: readonly ProposedEvent[]): Outcome {
    const from = stream.lastRevision + 1;
    const revives = stream.softDeleted && events.length > 0;
    const position = this.#record(stream, events, from);
    if (revives) this.#revive(stream.name, from);
    if (events.length > 0) this.#wake();
    return { kind: 'done', revision: stream.lastRevision, position };
  }

  /** A deleted stream that is written again shows only the new events. */
  #revive(name: string, from: number): void {
    const stream = this.streamFor(metadataStreamOf(name));
    const content = { ...objectIn(stream.events.at(-1)?.data ?? NOTHING), $tb: from };
    const event = metadataEvent(Buffer.from(JSON.stringify(content)));
    this.#record(stream, [event], stream.lastRevision + 1);
  }

  /** Appends events; returns the position of the last one, null if there is none. */
  #record(stream: Stream, events: readonly ProposedEvent[], first: number): number | null {
    const created = this.now();
    let end = this.#end;
    const recorded = events.map((proposed, index): RecordedEvent => {
      const { id, type, contentType, data, metadata } = proposed;
      const place = { streamName: stream.name, revision: first + index, position: end, created };
      end += recordBytes(stream.name, proposed);
      return { id, type, contentType, data, metadata, ...place, answer: null };
    });
    if (recorded.length > 0) this.keep(recorded);
    for (const event of recorded) this.#take(stream, event);
    return recorded.at(-1)?.position ?? null;
  }

  #take(stream: Stream, event: RecordedEvent): void {
    this.#end = event.position + recordBytes(stream.name, event);
    this.all.push(event);
    this.#byId.set(event.id, event);
    if (event.revision === LAST_REVISION) {
      stream.tombstoned = true;
      return;
    }
    stream.events.push(event);
    const described = describedBy(stream.name);
    if (described !== null) this.streamFor(described).metadata = readMetadata(event);
  }

  #hasEvents(name: string): boolean {
    return (this.stream(name)?.lastRevision ?? NO_STREAM) > NO_STREAM;
  }

  /** The stream, created empty if it does not exist. */
  streamFor(name: string): Stream {
    let stream = this.#streams.get(name);
    if (stream === undefined) {
      stream = new Stream(name);
      this.#streams.set(name, stream);
    }
    return stream;
  }

  #wake(): void {
    for (const wake of this.#followers) wake();
  }
}

const recordBytes = (streamName: string, event: ProposedEvent): number =>
  RECORD_OVERHEAD_BYTES + streamName.length + sizeOf(event);

const metadataEvent = (data: Uint8Array): ProposedEvent => ({
  id: randomUUID(),
  type: '$metadata',
  contentType: JSON_CONTENT,
  data,
  metadata: NOTHING,
});
