import { rmSync } from 'node:fs';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';

/**
 * Opens an SQLite file that is made again from the log where it is lost. One that cannot be used is
 * removed, which is said on the standard error, and opened anew.
 *
 * @param open - opens the file, makes its tables, and looks into each: damage shows there
 */
export function openDerivedFile(
  file: string,
  open: (file: string) => DatabaseSyncInstance,
): DatabaseSyncInstance {
  try {
    return open(file);
  } catch (error) {
    process.stderr.write(`${file} cannot be used (${(error as Error).message}): made anew.\n`);
    for (const part of ['', '-wal', '-shm']) rmSync(file + part, { force: true });
    return open(file);
  }
}
