import { setImmediate } from 'node:timers/promises';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { Projection } from '#projections/projection.js';
import { opened } from './sealed-text.js';
import { listTableOf, tableOf } from './tables.js';

/** How many documents are read, and rows written, before other work can run. */
const READ_BATCH_DOCUMENTS = 1_000;
const WRITE_BATCH_ROWS = 20_000;
/** The number of documents sampled to find the bounds of the ranges. */
const SAMPLE_DOCUMENTS = 1_000;

interface Source<View> {
  readonly database: DatabaseSyncInstance;
  readonly copy: number;
  readonly projection: Pick<Projection<View>, 'lists'>;
  /** About how many documents fill one range, which is sorted in one statement. */
  readonly documentsPerRange: number;
  /** Writes in a transaction. It throws CopyMoved if the copy was dropped or its lease lost. */
  readonly write: (work: () => void) => void;
}

/**
 * Fills the lists of a copy from its documents. Rows are sorted first, so that each page of a table
 * is written once; in the order of a million documents each page would be written a hundred times.
 * Other work runs every few milliseconds, except while SQLite sorts a range, which takes about a
 * second. The scratch database is in SQLite's folder for temporary files (SQLITE_TMPDIR, or
 * /var/tmp, or /tmp).
 */
export async function fillLists<View>(source: Source<View>): Promise<void> {
  const { database, copy, projection } = source;
  const names = Object.keys(projection.lists);
  const last = numberOf(database, copy);
  if (names.length === 0 || last === 0) return;
  source.write(() => {
    // An earlier attempt may have left rows of documents that have changed since.
    for (const name of names) database.exec(`DELETE FROM ${listTableOf(copy, name)}`);
  });
  // A database without a name is a temporary file, which ends with the process.
  const scratch = scratchOf(copy);
  database.exec(`ATTACH '' AS ${scratch}`);
  try {
    database.exec(`PRAGMA ${scratch}.journal_mode = OFF`);
    const bounds = boundsOf(source, last);
    await gather(source, bounds);
    for (let range = 0; range <= bounds.length; range++) await writeRange(source, names, range);
  } finally {
    database.exec(`DETACH ${scratch}`);
  }
}

/** Several copies may be filled concurrently. */
const scratchOf = (copy: number): string => `scratch_${copy}`;

const numberOf = (database: DatabaseSyncInstance, copy: number): number => {
  const { last } = database.prepare(`SELECT max(number) AS last FROM ${tableOf(copy)}`).get() as {
    last: number | null;
  };
  return last ?? 0;
};

type Row = readonly [list: number, value: string];

/** The rows of a document in all lists. */
function rowsOf<View>({ projection }: Source<View>, id: string, view: string): Row[] {
  const document = JSON.parse(opened(id, view)) as View;
  return Object.values(projection.lists).flatMap((valuesOf, list) =>
    [...new Set(valuesOf(document))].map((value): Row => [list, value]),
  );
}

const comesBefore = ([list, value]: Row, [otherList, otherValue]: Row): boolean =>
  list < otherList || (list === otherList && value < otherValue);

/** The bounds between ranges of about equal size, from a sample of the whole table. */
function boundsOf<View>(source: Source<View>, last: number): readonly Row[] {
  const ranges = Math.ceil(last / source.documentsPerRange);
  const step = Math.max(1, last / SAMPLE_DOCUMENTS);
  const numbers = Array.from(
    { length: Math.min(SAMPLE_DOCUMENTS, last) },
    (_, n) => 1 + Math.floor(n * step),
  );
  const documents = source.database
    .prepare(
      `SELECT id, view FROM ${tableOf(source.copy)} WHERE number IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(numbers)) as { id: string; view: string }[];
  const rows = documents.flatMap(({ id, view }) => rowsOf(source, id, view));
  rows.sort((one, other) => (comesBefore(one, other) ? -1 : 1));
  return Array.from({ length: ranges - 1 }, (_, n) => {
    const row = rows[Math.floor(((n + 1) * rows.length) / ranges)];
    return row === undefined ? [] : [row];
  }).flat();
}

/** Distributes the rows of all documents over the ranges. */
async function gather<View>(source: Source<View>, bounds: readonly Row[]): Promise<void> {
  const { database, copy } = source;
  const inserts = Array.from({ length: bounds.length + 1 }, (_, range) => {
    database.exec(
      `CREATE TABLE ${scratchOf(copy)}.range_${range} (list INTEGER, value TEXT, document INTEGER)`,
    );
    return database.prepare(`INSERT INTO ${scratchOf(copy)}.range_${range} VALUES (?, ?, ?)`);
  });
  const page = database.prepare(
    `SELECT number, id, view FROM ${tableOf(copy)} WHERE number > ? ORDER BY number LIMIT ?`,
  );
  for (let after = 0; ;) {
    const documents = page.all(after, READ_BATCH_DOCUMENTS) as {
      number: number;
      id: string;
      view: string;
    }[];
    database.exec('BEGIN');
    for (const { number, id, view } of documents) {
      for (const row of rowsOf(source, id, view))
        inserts[rangeOf(row, bounds)]?.run(...row, number);
    }
    database.exec('COMMIT');
    const end = documents.at(-1);
    if (end === undefined) return;
    after = end.number;
    await setImmediate();
  }
}

/** The index of a row's range, by binary search. */
function rangeOf(row: Row, bounds: readonly Row[]): number {
  let low = 0;
  let high = bounds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const bound = bounds[middle];
    if (bound !== undefined && comesBefore(row, bound)) high = middle;
    else low = middle + 1;
  }
  return low;
}

async function writeRange<View>(
  { database, copy, write }: Source<View>,
  names: readonly string[],
  range: number,
): Promise<void> {
  const sorted = `${scratchOf(copy)}.sorted`;
  database.exec(`CREATE TABLE ${sorted} AS SELECT list, value, document
    FROM ${scratchOf(copy)}.range_${range} ORDER BY list, value, document;
    DROP TABLE ${scratchOf(copy)}.range_${range};`);
  const { rows } = database.prepare(`SELECT max(rowid) AS rows FROM ${sorted}`).get() as {
    rows: number | null;
  };
  const inserts = names.map((name, list) =>
    database.prepare(
      `INSERT INTO ${listTableOf(copy, name)} (value, document) SELECT value, document
       FROM ${sorted} WHERE list = ${list} AND rowid > ? AND rowid <= ? ORDER BY rowid`,
    ),
  );
  for (let after = 0; after < (rows ?? 0); after += WRITE_BATCH_ROWS) {
    const until = after + WRITE_BATCH_ROWS;
    write(() => {
      for (const insert of inserts) insert.run(after, until);
    });
    await setImmediate();
  }
  database.exec(`DROP TABLE ${sorted}`);
}
