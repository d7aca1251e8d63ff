import { DatabaseSync } from '@photostructure/sqlite';

/** Another process writes to the folder. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
}

/**
 * Keeps a second process from writing to the same data folder. The lock is one that the operating
 * system holds on an SQLite file for as long as the process lives, so that a kill -9 leaves nothing
 * behind to clean up. Returns what lets go of it.
 *
 * @throws FolderInUse where another process holds it.
 */
export function lockFolder(file: string, folder: string): () => void {
  const database = new DatabaseSync(file);
  try {
    database.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE;');
  } catch (error) {
    database.close();
    throw new FolderInUse(
      `Another process writes to the data folder ${folder}. Stop it first, or set DATA_DIR to another folder.`,
      { cause: error },
    );
  }
  return () => {
    database.close();
  };
}
