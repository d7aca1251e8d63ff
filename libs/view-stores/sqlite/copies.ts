import { randomInt } from 'node:crypto';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { START } from '#event-store/event-store.js';
import type { ConsumerIdentity } from '#consuming/lease.js';
import type { Checkpoint } from '#consuming/checkpoint.js';
import type {
  CopyReport,
  CopyStatus,
  Parking,
  ParkedStream,
  ProjectionStatus,
} from '../view-store.js';
import { tableOf } from './tables.js';

/** The records of copies, their parked streams and reports. */
export const COPIES_SCHEMA = `
  -- One row a copy of a projection: "live" is the one that answers queries. Its mark is random:
  -- a holder of another mark has an earlier copy with the same number. The documents of a copy that
  -- is not sealed are of an earlier version of the file: some have no checksum.
  CREATE TABLE IF NOT EXISTS copies (
    number INTEGER PRIMARY KEY,
    projection TEXT NOT NULL,
    version INTEGER NOT NULL,
    live INTEGER NOT NULL,
    checkpoint INTEGER NOT NULL,
    mark INTEGER NOT NULL DEFAULT 0,
    event_id TEXT,
    event_hash TEXT,
    halted TEXT,
    sealed INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  -- Streams whose event could not be projected.
  CREATE TABLE IF NOT EXISTS parked (
    copy INTEGER NOT NULL,
    stream TEXT NOT NULL,
    revision INTEGER NOT NULL,
    position INTEGER NOT NULL,
    type TEXT NOT NULL,
    error TEXT NOT NULL,
    retry INTEGER NOT NULL,
    PRIMARY KEY (copy, stream)
  ) STRICT, WITHOUT ROWID;
  -- The projector's last report.
  CREATE TABLE IF NOT EXISTS reports (
    copy INTEGER PRIMARY KEY,
    failure TEXT,
    events_per_second REAL,
    positions_per_second REAL
  ) STRICT;`;

export interface CopyRow {
  readonly number: number;
  readonly live: number;
  readonly checkpoint: number;
  readonly mark: number;
  readonly event_id: string | null;
  readonly event_hash: string | null;
  readonly halted: string | null;
  readonly sealed: number;
}

export const checkpointOf = ({
  checkpoint,
  event_id: id,
  event_hash: hash,
}: CopyRow): Checkpoint => ({
  position: BigInt(checkpoint),
  event: id === null || hash === null ? null : { id, hash },
});

/** The newest copy of a projection's version, live or being built. */
export const findCopy = (
  database: DatabaseSyncInstance,
  { name, version }: ConsumerIdentity,
  live: boolean,
): CopyRow | undefined =>
  database
    .prepare(
      `SELECT number, live, checkpoint, mark, event_id, event_hash, halted, sealed FROM copies
       WHERE projection = ? AND version = ? AND live = ? ORDER BY number DESC LIMIT 1`,
    )
    .get(name, version, live ? 1 : 0) as CopyRow | undefined;

export const isThere = (database: DatabaseSyncInstance, copy: number): boolean =>
  database.prepare('SELECT 1 FROM copies WHERE number = ?').get(copy) !== undefined;

export function addCopy(
  database: DatabaseSyncInstance,
  { name, version }: ConsumerIdentity,
): CopyRow {
  const added = database
    .prepare(
      `INSERT INTO copies (projection, version, live, checkpoint, mark, sealed) VALUES (?, ?, 0, ?, ?, 1)
       RETURNING number, live, checkpoint, mark, event_id, event_hash, halted, sealed`,
    )
    .get(name, version, Number(START), randomInt(2 ** 47)) as CopyRow | undefined;
  if (added === undefined) throw new Error('SQLite added no row and reported no error.');
  return added;
}

/**
 * Makes one copy live, and drops the other copies of its version and of earlier ones. Those of a
 * later version stay: a program of an earlier version does not undo what a later one has built.
 */
export function makeLive(
  database: DatabaseSyncInstance,
  { name, version }: ConsumerIdentity,
  live: number,
): void {
  const others = database
    .prepare('SELECT number FROM copies WHERE projection = ? AND version <= ? AND number <> ?')
    .all(name, version, live) as { number: number }[];
  for (const { number } of others) dropCopy(database, number);
  database.prepare('UPDATE copies SET live = 1 WHERE number = ?').run(live);
}

/** Drops a copy's tables by their names, since its version may have had other lists. */
export function dropCopy(database: DatabaseSyncInstance, copy: number): void {
  const tables = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND (name = ? OR name GLOB ?)")
    .all(tableOf(copy), `${tableOf(copy)}_*`) as { name: string }[];
  for (const { name } of tables) database.exec(`DROP TABLE "${name}"`);
  database.prepare('DELETE FROM parked WHERE copy = ?').run(copy);
  database.prepare('DELETE FROM reports WHERE copy = ?').run(copy);
  database.prepare('DELETE FROM copies WHERE number = ?').run(copy);
}

interface ParkedRow extends Omit<ParkedStream, 'position' | 'retry'> {
  readonly position: number;
  readonly retry: number;
}

export function parkedIn(database: DatabaseSyncInstance, copy: number): ParkedStream[] {
  const rows = database
    .prepare(
      `SELECT stream, revision, position, type, error, retry FROM parked
       WHERE copy = ? ORDER BY position`,
    )
    .all(copy) as unknown as ParkedRow[];
  return rows.map((row) => ({ ...row, position: BigInt(row.position), retry: row.retry === 1 }));
}

/** Parks streams, which clears requests to retry them, and releases others. */
export function changeParking(
  database: DatabaseSyncInstance,
  copy: number,
  { park, release }: Parking,
): void {
  const add = database.prepare(
    `INSERT OR REPLACE INTO parked (copy, stream, revision, position, type, error, retry)
     VALUES (?, ?, ?, ?, ?, ?, 0)`,
  );
  for (const { stream, revision, position, type, error } of park) {
    add.run(copy, stream, revision, Number(position), type, error);
  }
  const remove = database.prepare('DELETE FROM parked WHERE copy = ? AND stream = ?');
  for (const stream of release) remove.run(copy, stream);
}

export function markForRetry(database: DatabaseSyncInstance, projection: ConsumerIdentity): void {
  const live = findCopy(database, projection, true);
  if (live === undefined) return;
  database.prepare('UPDATE parked SET retry = 1 WHERE copy = ?').run(live.number);
}

export function setHalt(
  database: DatabaseSyncInstance,
  projection: ConsumerIdentity,
  reason: string | null,
): void {
  const live = findCopy(database, projection, true);
  if (live === undefined) return;
  database.prepare('UPDATE copies SET halted = ? WHERE number = ?').run(reason, live.number);
}

export function writeReport(
  database: DatabaseSyncInstance,
  copy: number,
  { failure, eventsPerSecond, positionsPerSecond }: CopyReport,
): void {
  database
    .prepare(
      `INSERT OR REPLACE INTO reports (copy, failure, events_per_second, positions_per_second)
       VALUES (?, ?, ?, ?)`,
    )
    .run(copy, failure, eventsPerSecond, positionsPerSecond);
}

export function statusOf(
  database: DatabaseSyncInstance,
  projection: ConsumerIdentity,
): ProjectionStatus {
  const copyStatus = (live: boolean): CopyStatus | null => {
    const row = findCopy(database, projection, live);
    if (row === undefined) return null;
    const report = database
      .prepare(
        `SELECT failure, events_per_second AS eventsPerSecond,
                positions_per_second AS positionsPerSecond FROM reports WHERE copy = ?`,
      )
      .get(row.number) as CopyReport | undefined;
    return {
      checkpoint: checkpointOf(row),
      halted: row.halted,
      parked: parkedIn(database, row.number),
      report: {
        failure: report?.failure ?? null,
        eventsPerSecond: report?.eventsPerSecond ?? null,
        positionsPerSecond: report?.positionsPerSecond ?? null,
      },
    };
  };
  return { live: copyStatus(true), rebuild: copyStatus(false) };
}
