import { MongoError } from 'mongodb';
import { ReadModelUnavailable } from '../store.js';

/** What the driver or the network says is told as "not now"; the cause goes to the log. */
export async function attempt<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!isOfTheStore(error)) throw error;
    throw new ReadModelUnavailable('The read models cannot be reached at the moment.', {
      cause: error,
    });
  }
}

/** Errors of the driver; those of sockets, files and name servers have a system call. */
const isOfTheStore = (error: unknown): boolean =>
  error instanceof MongoError ||
  typeof (error as NodeJS.ErrnoException | null)?.syscall === 'string';

const DUPLICATE_KEY = 11_000;
export const isDuplicate = (error: unknown): boolean =>
  error instanceof MongoError && error.code === DUPLICATE_KEY;

/**
 * Another transaction was in the way: it was there first (112), or the server has given this one up
 * for it (251), which may come to light only at the commit. A transaction that was committed all
 * the same is found out when it is tried again: the copy is not as it was left.
 */
const CONFLICTS = new Set<unknown>([112, 251]);
export const isConflict = (error: unknown): boolean =>
  error instanceof MongoError && CONFLICTS.has(error.code);
