import { MongoError, MongoServerError } from 'mongodb';
import { ViewStoreUnavailable } from '../view-store.js';

/** What the driver or the network says is told as "not now"; the cause goes to the log. */
export async function attempt<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!isOfTheStore(error)) throw error;
    throw new ViewStoreUnavailable('The read models cannot be reached at the moment.', {
      cause: error,
    });
  }
}

/** Errors of the driver, and of sockets and name servers, which it does not always put in its own. */
const isOfTheStore = (error: unknown): boolean =>
  error instanceof MongoError ||
  /^(E[A-Z]+|ERR_(STREAM|SOCKET|TLS|SSL)_\w+)$/.test(
    String((error as NodeJS.ErrnoException | null)?.code),
  );

const DUPLICATE_KEY = 11_000;
export const isDuplicate = (error: unknown): boolean =>
  error instanceof MongoError && error.code === DUPLICATE_KEY;

/** Two transactions met, or somebody ended this one: nothing of it was done. */
const ABORTED = [112, 251];
export const wasAborted = (error: unknown): boolean =>
  error instanceof MongoServerError && ABORTED.includes(Number(error.code));
