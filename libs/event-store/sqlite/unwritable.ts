import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Why this process cannot write to a database: the first of its folder and files that it may not
 * write, with owner and mode; null if it may write to all.
 */
export function whyUnwritable(file: string): string | null {
  const parts = [dirname(file), file, `${file}-wal`, `${file}-shm`];
  return parts.filter(existsSync).map(problemOf).find(Boolean) ?? null;
}

function problemOf(path: string): string | null {
  try {
    accessSync(path, constants.W_OK);
    return null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EROFS') return 'the file system is read-only';
    const { uid, mode } = statSync(path);
    return `${path} belongs to user ${uid} and has mode ${(mode & 0o777).toString(8)}, and the service runs as user ${process.getuid?.() ?? 'unknown'}`;
  }
}
