import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import { v7 } from 'uuid';
import { NO_STREAM, type EventStore, type EventToAppend } from '#event-store/event-store.js';
import { seal } from '#event-store/integrity/chain.js';
import { openLog } from '#event-store/sqlite/schema.js';
import { noteEvents } from './note-events.js';

/** Events per append. */
const APPEND = 100;
/** Streams that are written concurrently. */
const WRITERS = 16;

export interface Stream {
  readonly name: string;
  readonly events: readonly EventToAppend[];
}

/** New streams with a total number of events. */
export function makeStreams(events: number): Stream[] {
  return Array.from({ length: WRITERS }, (_, writer) => ({
    name: `ticket-${v7()}`,
    events: noteEvents(Math.floor((events + writer) / WRITERS)),
  }));
}

/** Appends to all streams concurrently, and in order within each stream. */
export async function appendAll(store: EventStore, streams: readonly Stream[]): Promise<void> {
  await Promise.all(streams.map((stream) => appendStream(store, stream)));
}

async function appendStream(store: EventStore, { name, events }: Stream): Promise<void> {
  let expected = NO_STREAM;
  for (let index = 0; index < events.length; index += APPEND) {
    const { head } = await store.append(name, expected, events.slice(index, index + APPEND));
    expected = head;
  }
}

/** A finished row: all columns of an event except its position. */
type Row = readonly [
  stream: number,
  revision: number,
  type: string,
  id: Uint8Array,
  hash: Uint8Array,
  record: string,
];

/** The schema and pragmas of the log, with only a prepared INSERT. */
export class BareLog {
  readonly #database: DatabaseSyncInstance;
  readonly #insert: StatementSyncInstance;
  #position = -1;

  constructor(file: string) {
    this.#database = openLog(file);
    this.#insert = this.#database.prepare(
      'INSERT INTO events (position, stream, revision, type, id, hash, record) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
  }

  /** Creates the rows of streams, in the order of interleaved appends. */
  rowsOf(streams: readonly Stream[]): Row[] {
    const insertStream = this.#database.prepare(
      'INSERT INTO streams (name) VALUES (?) RETURNING number',
    );
    const made = streams.map(({ name, events }) => {
      const { number } = insertStream.get(name) as { number: number };
      return seal(name, NO_STREAM, events).map(({ revision, type, id, hash, record }): Row => [
        number,
        revision,
        type,
        Buffer.from(id.replaceAll('-', ''), 'hex'),
        Buffer.from(hash, 'hex'),
        record,
      ]);
    });
    const appends = Math.max(...made.map((rows) => Math.ceil(rows.length / APPEND)));
    return Array.from({ length: appends }, (_, append) =>
      made.flatMap((rows) => rows.slice(append * APPEND, (append + 1) * APPEND)),
    ).flat();
  }

  /** Inserts rows, `batch` of them in each transaction. */
  insertAll(rows: readonly Row[], batch: number): void {
    for (let index = 0; index < rows.length; index += batch) {
      this.#database.exec('BEGIN IMMEDIATE');
      for (const row of rows.slice(index, index + batch)) {
        this.#position += 1;
        this.#insert.run(this.#position, ...row);
      }
      this.#database.exec('COMMIT');
    }
  }

  close(): void {
    this.#database.close();
  }
}
