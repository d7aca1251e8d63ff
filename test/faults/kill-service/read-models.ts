import { join } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { newFolder, removeFolder } from '#test/support/folders.js';
import { ServiceProcess } from '#test/support/service-process.js';
import { until } from '#test/support/until.js';

type Row = Readonly<Record<string, unknown>>;

/** Waits until every projection in a folder has reached the head of the log. */
export async function caughtUp(folder: string, head: bigint): Promise<void> {
  await until('the read models have caught up', () =>
    withReadModels(folder, (database) => {
      const { lowest } = database
        .prepare('SELECT min(checkpoint) AS lowest FROM copies WHERE live = 1')
        .get() as { lowest: number | null };
      return lowest !== null && BigInt(lowest) >= head ? true : null;
    }),
  );
}

/**
 * Compares the surviving read models with those that a second service builds from a copy of the same
 * log: every document, and all its fields and lists.
 */
export async function compareWithRebuilt(folder: string, head: bigint): Promise<string[]> {
  const copy = newFolder();
  try {
    copyLog(folder, copy);
    const service = await ServiceProcess.start({ folder: copy });
    try {
      await caughtUp(copy, head);
    } finally {
      await service.stop();
    }
    const [went, made] = [contentOf(folder), contentOf(copy)];
    const names = [...new Set([...went.keys(), ...made.keys()])];
    return names.flatMap((name) => differences(name, went.get(name), made.get(name)));
  } finally {
    removeFolder(copy);
  }
}

/** A consistent copy of the log, also during writes. */
function copyLog(from: string, to: string): void {
  const database = new DatabaseSync(join(from, 'events.db'));
  try {
    database.prepare('VACUUM INTO ?').run(join(to, 'events.db'));
  } finally {
    database.close();
  }
}

function withReadModels<Result>(
  folder: string,
  read: (database: DatabaseSyncInstance) => Result,
): Result {
  const database = new DatabaseSync(join(folder, 'read-models.db'));
  try {
    database.exec('PRAGMA busy_timeout = 5000; PRAGMA query_only = ON;');
    return read(database);
  } finally {
    database.close();
  }
}

/** All rows of all live copies, by projection and table, as sorted texts. */
const contentOf = (folder: string): Map<string, readonly string[]> =>
  withReadModels(folder, (database) => {
    const content = new Map<string, readonly string[]>();
    const copies = database
      .prepare('SELECT number, projection FROM copies WHERE live = 1 ORDER BY projection')
      .all() as { number: number; projection: string }[];
    for (const { number, projection } of copies) {
      const table = `copy_${number}`;
      const rows = database.prepare(`SELECT * FROM ${table} ORDER BY id`).all() as Row[];
      content.set(projection, rows.map(textOf));
      for (const list of listsOf(database, table)) {
        const entries = database
          .prepare(
            `SELECT ${list}.*, ${table}.id AS id FROM ${list}
             LEFT JOIN ${table} ON ${table}.number = ${list}.document ORDER BY value, id`,
          )
          .all() as Row[];
        content.set(`${projection} by ${list.slice(table.length + 1)}`, entries.map(textOf));
      }
    }
    return content;
  });

const listsOf = (database: DatabaseSyncInstance, table: string): string[] => {
  const rows = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB ?")
    .all(`${table}_*`) as { name: string }[];
  return rows.map(({ name }) => name);
};

/** A row without its number, which depends on the order of writes. */
const textOf = ({ number: _number, document: _document, ...row }: Row): string =>
  JSON.stringify(row);

function differences(
  name: string,
  went: readonly string[] = [],
  made: readonly string[] = [],
): string[] {
  const [inOne, inOther] = [new Set(went), new Set(made)];
  const lost = made.filter((row) => !inOne.has(row)).map((row) => `${name}, rebuilt only: ${row}`);
  const more = went
    .filter((row) => !inOther.has(row))
    .map((row) => `${name}, continued only: ${row}`);
  const repeated = went.length === inOne.size ? [] : [`${name} has a row more than once.`];
  return [...lost, ...more, ...repeated].map((text) => text.slice(0, 600));
}
