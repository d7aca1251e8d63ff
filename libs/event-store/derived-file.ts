import { rmSync } from 'node:fs';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';

/**
 * Opens an SQLite file that can be rebuilt from the log. A file that cannot be used is deleted and
 * created again, with a line on standard error.
 *
 * @param open - opens the file, creates its tables and reads from each, so that damage shows
 */
export function openDerivedFile(
  file: string,
  open: (file: string) => DatabaseSyncInstance,
): DatabaseSyncInstance {
  try {
    return open(file);
  } catch (error) {
    process.stderr.write(
      `${file} cannot be used (${(error as Error).message}). It is rebuilt from the log.\n`,
    );
    for (const part of ['', '-wal', '-shm']) rmSync(file + part, { force: true });
    return open(file);
  }
}
