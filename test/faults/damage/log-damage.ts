import { join } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import type { Random } from '../random.js';

/** A row of the table of events, as SQLite has it. */
interface Row {
  readonly position: number;
  readonly stream: number;
  readonly revision: number;
  readonly type: string;
  readonly id: Uint8Array;
  readonly hash: Uint8Array;
  readonly record: string;
}

/** What is done to one record, or to two. */
export const WAYS = [
  'a character altered',
  'the end cut off',
  'the hash altered',
  'the record exchanged',
  'the record and the hash exchanged',
  'the row removed',
] as const;
type Way = (typeof WAYS)[number];

export interface Damage {
  /** The first damaged revision of each damaged ticket. */
  readonly damaged: ReadonlyMap<string, number>;
  /** Puts the rows back. */
  readonly mend: () => void;
}

/** Damages records of tickets in the log of a folder, also while a service writes to it. */
export function damageLog(folder: string, way: Way, random: Random): Damage {
  return inLog(folder, (database) => {
    const rows = ticketRows(database);
    const victim = pick(rows, random, (row) => rows.some((one) => follows(one, row)));
    const other = pick(rows, random, (row) => row.stream !== victim.stream);
    const put = database.prepare('UPDATE events SET record = ?, hash = ? WHERE position = ?');
    const { position, record, hash } = victim;
    const originals = [victim];
    if (way === 'a character altered') {
      const at = random.between(0, record.length - 1);
      const letter = record[at] === '#' ? '%' : '#';
      put.run(record.slice(0, at) + letter + record.slice(at + 1), hash, position);
    } else if (way === 'the end cut off') {
      put.run(record.slice(0, random.between(0, record.length - 1)), hash, position);
    } else if (way === 'the hash altered') {
      const altered = Buffer.from(hash);
      const at = random.between(0, altered.length - 1);
      altered[at] = (altered[at] ?? 0) ^ random.between(1, 255);
      put.run(record, altered, position);
    } else if (way === 'the row removed') {
      database.prepare('DELETE FROM events WHERE position = ?').run(position);
    } else {
      originals.push(other);
      const isWhole = way === 'the record and the hash exchanged';
      put.run(other.record, isWhole ? other.hash : hash, position);
      put.run(record, isWhole ? hash : other.hash, other.position);
    }
    const damaged = new Map(originals.map((row) => [nameOf(database, row), row.revision]));
    return {
      damaged,
      mend: () => {
        restore(folder, originals);
      },
    };
  });
}

function inLog<Result>(folder: string, work: (database: DatabaseSyncInstance) => Result): Result {
  const database = new DatabaseSync(join(folder, 'events.db'));
  try {
    database.exec('PRAGMA busy_timeout = 5000');
    return work(database);
  } finally {
    database.close();
  }
}

const ticketRows = (database: DatabaseSyncInstance): Row[] =>
  database
    .prepare(
      `SELECT events.* FROM events JOIN streams ON streams.number = events.stream
       WHERE streams.name LIKE 'ticket-%'`,
    )
    .all() as Row[];

const follows = (one: Row, row: Row): boolean =>
  one.stream === row.stream && one.revision > row.revision;

function pick(rows: readonly Row[], random: Random, fits: (row: Row) => boolean): Row {
  const [first, ...more] = rows.filter(fits);
  if (first === undefined) throw new Error('No record fits.');
  return random.oneOf([first, ...more]);
}

const nameOf = (database: DatabaseSyncInstance, { stream }: Row): string => {
  const names = database.prepare('SELECT name FROM streams WHERE number = ?');
  return (names.get(stream) as { name: string }).name.slice('ticket-'.length);
};

function restore(folder: string, rows: readonly Row[]): void {
  inLog(folder, (database) => {
    const put = database.prepare('INSERT OR REPLACE INTO events VALUES (?, ?, ?, ?, ?, ?, ?)');
    for (const { position, stream, revision, type, id, hash, record } of rows)
      put.run(position, stream, revision, type, id, hash, record);
  });
}
