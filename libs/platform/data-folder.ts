import {
  accessSync,
  chmodSync,
  constants,
  lstatSync,
  mkdirSync,
  readdirSync,
  statSync,
  type Stats,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isMainThread } from 'node:worker_threads';

const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
/** The permissions of everybody but the owner. */
const OTHERS = 0o077;
const STICKY = 0o1000;

/** By these names a folder that others may read is known to be a data folder. */
const OUR_FILES = /^(events|read-models|policies|snapshots|event-ids)\.db|^signing-key\.json/;
/** A new file system has this folder. */
const IGNORED = 'lost+found';

/** The data folder cannot be used. The message says why and what to do. */
export class UnusableDataFolder extends Error {
  override readonly name = 'UnusableDataFolder';
}

/**
 * Creates the data folder if there is none, and withdraws the access of other users to it and to its
 * files. Files that the process creates later belong to its user alone.
 *
 * @returns the paths whose permissions were too wide
 * @throws UnusableDataFolder if it cannot be used
 */
export function prepareDataFolder(path: string): readonly string[] {
  const folder = resolve(path);
  if (isMainThread) process.umask(OTHERS);
  try {
    create(folder);
    // A root user passes every check of permissions, but not that of a read-only file system.
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return narrow(folder);
  } catch (error) {
    if (error instanceof UnusableDataFolder) throw error;
    throw unusable(folder, reasonOf(error as NodeJS.ErrnoException), error);
  }
}

/**
 * Creates a folder and its missing parents, one after the other: `mkdir` with `recursive` does not
 * return for some paths that cannot be created, such as `/proc/none`.
 */
function create(folder: string): void {
  const missing: string[] = [];
  let existing = folder;
  for (; !exists(existing); existing = dirname(existing)) missing.unshift(existing);
  if (!statSync(existing).isDirectory()) {
    throw unusable(folder, `${existing} is a file and not a folder`);
  }
  for (const each of missing) {
    try {
      mkdirSync(each, { mode: FOLDER_MODE });
    } catch (error) {
      // Another process may have created it at the same time.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** Whether there is something at a path; true for a link to nothing. */
const exists = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

function narrow(folder: string): readonly string[] {
  // Windows has no such permissions.
  if (process.getuid === undefined) return [];
  const names = readdirSync(folder);
  const stats = statSync(folder);
  if (isOpen(stats) && !isOurs(stats, names)) {
    throw unusable(folder, 'other users may read it, and it has files of other programs');
  }
  const files = names
    .map((name) => join(folder, name))
    .filter((file) => lstatSync(file, { throwIfNoEntry: false })?.isFile() === true);
  return [
    ...(restrict(folder, FOLDER_MODE) ? [folder] : []),
    ...files.filter((file) => restrict(file, FILE_MODE)),
  ];
}

/** The folders of the system, such as /tmp and /etc, must not be closed to others. */
const isOurs = ({ mode }: Stats, names: readonly string[]): boolean =>
  (mode & STICKY) === 0 &&
  (names.every((name) => name === IGNORED) || names.some((name) => OUR_FILES.test(name)));

const isOpen = ({ mode }: Stats): boolean => (mode & OTHERS) !== 0;

/** Withdraws the access of others, and returns whether they had any. */
function restrict(path: string, mode: number): boolean {
  const before = statSync(path, { throwIfNoEntry: false });
  // SQLite removes its write-ahead log with the last connection.
  if (before === undefined || !isOpen(before)) return false;
  try {
    chmodSync(path, mode);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw unusable(
      path,
      `other users may read it, and their access cannot be withdrawn, because it belongs to user ${before.uid} and the service runs as user ${process.getuid?.()}`,
      error,
    );
  }
  if (isOpen(statSync(path))) {
    throw unusable(path, 'other users may read it, and its file system has no permissions');
  }
  return true;
}

const REMEDY =
  'Give it to the user of the service alone (chown and chmod 700), or set DATA_DIR to another folder, which is created if it is missing.';

const unusable = (path: string, reason: string, cause?: unknown): UnusableDataFolder =>
  new UnusableDataFolder(`${path} cannot be used: ${reason}. ${REMEDY}`, { cause });

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'this user has no permission to create, read or write it',
  EPERM: 'this user has no permission to create, read or write it',
  EROFS: 'its file system is read-only',
  ENOENT: 'it cannot be created there; its file system may not be mounted',
  ENODEV: 'its file system is not mounted',
  ENOTCONN: 'its file system is not mounted',
  ESTALE: 'its file system is not mounted any more',
  EIO: 'its disk reports errors',
  ENOSPC: 'its disk is full',
  ENOTDIR: 'a part of the path is a file and not a folder',
  ELOOP: 'its links lead back to themselves',
  ENAMETOOLONG: 'the path is too long',
};

const reasonOf = ({ code = '', message }: NodeJS.ErrnoException): string =>
  reasons[code] ?? message;
