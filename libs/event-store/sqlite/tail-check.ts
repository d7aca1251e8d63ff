import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { hashOf } from '../integrity/chain.js';
import { UnusableDataFile } from './schema.js';

/** How many of the latest events are checked at start: enough to detect a torn file. */
const CHECKED_EVENTS = 100;

interface Row {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly hash: string;
  readonly record: string;
}

/**
 * Checks the latest events at start: they are readable, none is missing between them, and
 * each matches its stored hash. Checking the whole log is part of an audit.
 *
 * @throws UnusableDataFile naming the first event that is damaged.
 */
export function checkTail(database: DatabaseSyncInstance, file: string): void {
  const rows = database
    .prepare(
      `SELECT events.position, streams.name AS stream, events.revision,
         lower(hex(events.hash)) AS hash, events.record
       FROM events LEFT JOIN streams ON streams.number = events.stream
       ORDER BY events.position DESC LIMIT ${CHECKED_EVENTS}`,
    )
    .all() as Row[];
  rows.forEach((row, index) => {
    const next = rows[index - 1];
    const problem = problemOf(row, next);
    if (problem === null) return;
    throw new UnusableDataFile(
      `${file} is damaged: the event at position ${row.position} ${problem}. Restore it from a backup, or set DATA_DIR to another folder.`,
    );
  });
}

function problemOf({ position, stream, revision, hash, record }: Row, next: Row | undefined) {
  if (next !== undefined && next.position !== position + 1) return 'is followed by a gap';
  if (hashOf(record) !== hash) return 'does not match its stored hash';
  const sealed = JSON.parse(record) as { stream: string; revision: number };
  return sealed.stream === stream && sealed.revision === revision
    ? null
    : 'is at a wrong revision or stream';
}
