import { copyFileSync, existsSync, mkdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { START, type RecordedEvent } from '#event-store/event-store.js';
import { SqliteEventReader } from '#event-store/sqlite/sqlite-event-reader.js';
import { SqliteEventStore } from '#event-store/sqlite/sqlite-event-store.js';
import { allOf, copyTo, randomStory } from '../projections/story.js';
import type { Random } from '../random.js';

/** All events of the log in a folder, also while a service writes to it. */
export async function readLog(folder: string): Promise<readonly RecordedEvent[]> {
  if (statSync(join(folder, 'events.db')).size === 0) return [];
  const reader = new SqliteEventReader(folder);
  try {
    return await reader.readAll({ after: START, limit: 1_000_000 });
  } finally {
    await reader.close();
  }
}

/** Copies the log as it is now into another folder, also while a service writes to it. */
export function backUpLog(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to);
  const database = new DatabaseSync(join(from, 'events.db'));
  try {
    database.exec('PRAGMA busy_timeout = 5000');
    database.prepare('VACUUM INTO ?').run(join(to, 'events.db'));
  } finally {
    database.close();
  }
}

/** Puts the log of one folder in the place of another's; nothing else there changes. */
export function restoreLog(from: string, to: string): void {
  for (const end of ['', '-wal', '-shm']) {
    const [file, other] = [join(to, `events.db${end}`), join(from, `events.db${end}`)];
    rmSync(file, { force: true });
    if (existsSync(other)) copyFileSync(other, file);
  }
}

/** Keeps the files of a log as they are, with its write-ahead log, in another folder. */
export function keepLog(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  restoreLog(from, to);
}

/** What a crash, or a hand, leaves of a log: its file with a part of its write-ahead log. */
export const LEFTOVERS = [
  'its last commit torn',
  'without its write-ahead log',
  'with an older write-ahead log',
  'as an empty file',
] as const;
export type Leftover = (typeof LEFTOVERS)[number];

/** @param older - the folder with the log as it was earlier */
export function leaveOf(folder: string, way: Leftover, older: string, random: Random): void {
  const [file, writeAheadLog] = [join(folder, 'events.db'), join(folder, 'events.db-wal')];
  const { size } = statSync(writeAheadLog);
  if (way === 'its last commit torn') truncateSync(writeAheadLog, size - random.between(1, 4_096));
  else if (way === 'with an older write-ahead log')
    copyFileSync(join(older, 'events.db-wal'), writeAheadLog);
  else rmSync(writeAheadLog);
  if (way === 'as an empty file') truncateSync(file, 0);
}

/** Removes the events after a position. */
export function cutLog(folder: string, after: bigint): void {
  const database = new DatabaseSync(join(folder, 'events.db'));
  try {
    database.prepare('DELETE FROM events WHERE position > ?').run(Number(after));
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    database.close();
  }
}

/** Puts the log of another service in the place of the one in a folder. */
export async function exchangeLog(folder: string, turns: number, random: Random): Promise<void> {
  const other = join(folder, 'other');
  rmSync(other, { recursive: true, force: true });
  mkdirSync(other);
  const log = await SqliteEventStore.open({ folder: other });
  await copyTo(log, await allOf(await randomStory(random, turns, 5)));
  await log.close();
  restoreLog(other, folder);
}

/** The last position up to which two logs have the same events. */
export function commonEnd(one: readonly RecordedEvent[], other: readonly RecordedEvent[]): bigint {
  const first = one.findIndex(({ hash }, index) => hash !== other[index]?.hash);
  return (first < 0 ? one.at(-1) : one[first - 1])?.position ?? START;
}

/** The checkpoint of the live copy of every projection and policy, by its name. */
export function checkpointsIn(folder: string): ReadonlyMap<string, bigint> {
  const rows = ['read-models.db', 'policies.db'].flatMap((file) => {
    const database = new DatabaseSync(join(folder, file));
    try {
      return database.prepare('SELECT projection, checkpoint FROM copies WHERE live = 1').all() as {
        projection: string;
        checkpoint: number;
      }[];
    } finally {
      database.close();
    }
  });
  return new Map(rows.map(({ projection, checkpoint }) => [projection, BigInt(checkpoint)]));
}

/** The ids of the tickets on a log. */
export const ticketsOn = (log: readonly RecordedEvent[]): string[] =>
  log
    .filter(({ type }) => type === 'TicketCreated')
    .map(({ stream }) => stream.slice('ticket-'.length))
    .sort();
