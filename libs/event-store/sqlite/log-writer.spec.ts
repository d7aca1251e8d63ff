import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { NO_STREAM, type EventToAppend, type StreamHead } from '../event-store.js';
import { seal } from '../integrity/chain.js';
import { anEvent, someEvents } from '../testing/events.js';
import { temporaryFolders } from '../testing/temporary-folder.js';
import { LogMark } from '../log-mark.js';
import type { AppendRequest } from './append-request.js';
import { LogWriter } from './log-writer.js';

const newFolder = temporaryFolders();

describe('a group of appends', () => {
  let file: string;
  let writer: LogWriter;
  beforeEach(() => {
    file = join(newFolder(), 'events.db');
    writer = new LogWriter(file, new LogMark(`${file}.mark`));
  });
  afterEach(() => {
    writer.close();
  });

  const toAppend = (
    stream: string,
    expected: StreamHead = NO_STREAM,
    events: readonly EventToAppend[] = someEvents(2),
  ): AppendRequest => ({ stream, expected, events: seal(stream, expected, events) });

  /** An append that SQLite refuses: its record is null. */
  const broken = (stream: string): AppendRequest => {
    const { events, ...rest } = toAppend(stream);
    return { ...rest, events: events.map((event) => ({ ...event, record: null as never })) };
  };

  const kinds = (group: readonly AppendRequest[]) => writer.write(group).map(({ kind }) => kind);

  /** The committed events per stream, read by another connection. */
  function committed(): Record<string, number> {
    const database = new DatabaseSync(file, { readOnly: true });
    const rows = database
      .prepare(
        'SELECT name, count(*) AS events FROM events JOIN streams ON stream = number GROUP BY name',
      )
      .all() as { name: string; events: number }[];
    database.close();
    return Object.fromEntries(rows.map(({ name, events }) => [name, events]));
  }

  it('returns one outcome per append, in order', () => {
    const outcomes = writer.write([toAppend('a'), toAppend('b'), toAppend('c')]);
    expect(outcomes).toMatchObject([
      { kind: 'appended', position: 1 },
      { kind: 'appended', position: 3 },
      { kind: 'appended', position: 5 },
    ]);
    expect(committed()).toStrictEqual({ a: 2, b: 2, c: 2 });
  });

  it('rejects only the appends that conflict', () => {
    const taken = anEvent();
    expect(kinds([toAppend('a'), toAppend('t', NO_STREAM, [taken])])).toStrictEqual([
      'appended',
      'appended',
    ]);
    const group = [
      toAppend('b'),
      toAppend('a'),
      toAppend('c', NO_STREAM, [anEvent(), taken]),
      toAppend('d'),
    ];
    expect(kinds(group)).toStrictEqual([
      'appended',
      'wrong_expected_revision',
      'event_id_taken',
      'appended',
    ]);
    expect(committed()).toStrictEqual({ a: 2, b: 2, d: 2, t: 1 });
  });

  it('leaves no gap in the positions for an append that conflicts', () => {
    const taken = anEvent();
    const outcomes = writer.write([
      toAppend('a', NO_STREAM, [taken]),
      toAppend('b', NO_STREAM, [anEvent(), anEvent(), taken]),
      toAppend('c', NO_STREAM, [anEvent()]),
    ]);
    expect(outcomes).toMatchObject([{ position: 0 }, { kind: 'event_id_taken' }, { position: 1 }]);
  });

  it('sees earlier appends of the same group', () => {
    const first = toAppend('a');
    const last = first.events.at(-1);
    const head = { revision: last?.revision ?? -1, hash: last?.hash ?? '' };
    const group = [first, toAppend('a', head), first, toAppend('a')];
    expect(kinds(group)).toStrictEqual([
      'appended',
      'appended',
      'repeated',
      'wrong_expected_revision',
    ]);
    expect(committed()).toStrictEqual({ a: 4 });
  });

  it('is one commit: a failure rejects the whole group and stores nothing of it', () => {
    writer.write([toAppend('before')]);
    const outcomes = writer.write([toAppend('a'), broken('b'), toAppend('c')]);
    for (const outcome of outcomes) {
      expect(outcome).toStrictEqual({ kind: 'unavailable', reason: expect.stringMatching(/./) });
    }
    expect(outcomes).toHaveLength(3);
    expect(committed()).toStrictEqual({ before: 2 });
  });

  it('can be written again after a failure', () => {
    writer.write([toAppend('before')]);
    const lost = toAppend('a');
    writer.write([lost, broken('b')]);
    expect(writer.write([lost, toAppend('b')])).toMatchObject([
      { kind: 'appended', position: 3 },
      { kind: 'appended', position: 5 },
    ]);
    expect(committed()).toStrictEqual({ before: 2, a: 2, b: 2 });
  });

  it('reads the heads of streams that are no longer cached', () => {
    const streams = Array.from({ length: 21_000 }, () =>
      toAppend(randomUUID(), NO_STREAM, [anEvent()]),
    );
    writer.write(streams);
    const [oldest] = streams;
    expect(kinds(streams.slice(0, 2))).toStrictEqual(['repeated', 'repeated']);
    const last = oldest?.events.at(-1);
    const head = { revision: last?.revision ?? -1, hash: last?.hash ?? '' };
    expect(kinds([toAppend(oldest?.stream ?? '', head)])).toStrictEqual(['appended']);
  });
});
