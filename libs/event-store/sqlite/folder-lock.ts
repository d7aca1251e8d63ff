import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { UnusableDataFile } from './schema.js';
import { whyUnwritable } from './unwritable.js';

/** Another process writes to the folder. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
}

/**
 * Prevents a second process from writing to the same data folder. The operating
 * system holds the lock on an SQLite file while the process lives, so a kill -9 leaves nothing
 * to clean up. Returns a function that releases it.
 *
 * @throws FolderInUse if another process holds it, UnusableDataFile if the file cannot be locked.
 */
export function lockFolder(file: string, folder: string): () => void {
  let database: DatabaseSyncInstance | undefined;
  try {
    database = new DatabaseSync(file);
    database.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE;');
  } catch (error) {
    database?.close();
    throw lockProblem(error as Error & { errcode?: number }, file, folder);
  }
  const held = database;
  return () => {
    held.close();
  };
}

const SQLITE_BUSY = 5;

const lockProblem = (error: Error & { errcode?: number }, file: string, folder: string): Error =>
  error.errcode === SQLITE_BUSY
    ? new FolderInUse(
        `Another process writes to the data folder ${folder}. Stop it first, or set DATA_DIR to another folder.`,
        { cause: error },
      )
    : new UnusableDataFile(
        `${file} cannot be locked (${whyUnwritable(file) ?? error.message}). Make the folder writable for this user, remove the file, or set DATA_DIR to another folder.`,
        { cause: error },
      );
