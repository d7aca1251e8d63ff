import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { UnusableDataFile } from './schema.js';

/** Another process writes to the folder. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
}

/**
 * Keeps a second process from writing to the same data folder. The lock is one that the operating
 * system holds on an SQLite file for as long as the process lives, so that a kill -9 leaves nothing
 * behind to clean up. Returns what lets go of it.
 *
 * @throws FolderInUse where another process holds it, UnusableDataFile where it cannot be had at all.
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
        `${file} cannot be locked (${error.message}). See to it that this user may write there, remove the file, or set DATA_DIR to another folder.`,
        { cause: error },
      );
