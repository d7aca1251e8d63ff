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

/**
 * Errors of the driver, of the operating system (ECONNRESET, EPIPE and so on, as Node names them),
 * and of sockets that are gone.
 */
const isOfTheStore = (error: unknown): boolean => {
  if (error instanceof MongoError) return true;
  const code: unknown = (error as NodeJS.ErrnoException | null)?.code;
  return typeof code === 'string' && /^(E(?!RR_)|ERR_(STREAM|SOCKET)_)/.test(code);
};

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
