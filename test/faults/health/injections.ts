import { chmodSync, existsSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import type { WatchedDesk } from './watched-desk.js';

/** Begins a fault, and returns what ends it. */
type Injection = (watched: WatchedDesk) => Promise<() => void | Promise<void>>;

/** How long this process waits for transactions of the service. */
const WAIT = 'PRAGMA busy_timeout = 5000;';

/** The service does something to itself. */
export const controlled =
  (name: string): Injection =>
  ({ controls }) =>
    Promise.resolve(controls.on(name));

/** Changes a database in another process. */
export function run({ desk }: WatchedDesk, file: string, sql: string): void {
  const database = new DatabaseSync(join(desk.folder, file));
  database.exec(WAIT + sql);
  database.close();
}

/** All changes to a table fail, as on a file system that is read-only. */
export const refused =
  (file: string, change: string, table: string): Injection =>
  (watched) => {
    run(
      watched,
      file,
      `CREATE TRIGGER fault BEFORE ${change} ON ${table} BEGIN SELECT RAISE(ABORT, 'read-only'); END`,
    );
    return Promise.resolve(() => {
      run(watched, file, 'DROP TRIGGER fault');
    });
  };

/** Another process keeps a database locked. */
export const locked =
  (file: string): Injection =>
  ({ desk }) => {
    const database = new DatabaseSync(join(desk.folder, file));
    database.exec(`${WAIT} BEGIN IMMEDIATE`);
    return Promise.resolve(() => {
      database.exec('ROLLBACK');
      database.close();
    });
  };

/** Files are moved away, and put back. */
export const away =
  (...files: string[]): Injection =>
  ({ desk }) => {
    const moved = files.map((file) => join(desk.folder, file)).filter((file) => existsSync(file));
    for (const file of moved) renameSync(file, `${file}.away`);
    return Promise.resolve(() => {
      for (const file of moved) renameSync(`${file}.away`, file);
    });
  };

/** The service may not write to a file, or to its folder. */
export const unwritable =
  (file: string): Injection =>
  ({ desk }) => {
    const path = join(desk.folder, file);
    const { mode } = statSync(path);
    chmodSync(path, mode & 0o555);
    return Promise.resolve(() => {
      chmodSync(path, mode);
    });
  };

/** A command follows, so that the service meets the fault; it may have no answer before the end. */
export const then =
  (injection: Injection): Injection =>
  async (watched) => {
    const heal = await injection(watched);
    const given = watched.give();
    return async () => {
      await heal();
      await given;
    };
  };
