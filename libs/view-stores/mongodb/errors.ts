import { MongoError, MongoServerError } from 'mongodb';
import { ViewStoreUnavailable } from '../view-store.js';

/** The server or the contents of the database cannot be used. The message has the remedy. */
export class UnusableDatabase extends ViewStoreUnavailable {}

/** Turns errors of the driver and the network into ViewStoreUnavailable, with the error as cause. */
export async function attempt<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!isStoreError(error)) throw error;
    throw new ViewStoreUnavailable('The read models cannot be reached at the moment.', {
      cause: error,
    });
  }
}

/** Errors of the driver, and of sockets and name servers, which the driver does not always wrap. */
const isStoreError = (error: unknown): boolean =>
  error instanceof MongoError ||
  /^(E[A-Z]+|ERR_(STREAM|SOCKET|TLS|SSL)_\w+)$/.test(
    String((error as NodeJS.ErrnoException | null)?.code),
  );

const DUPLICATE_KEY = 11_000;
export const isDuplicate = (error: unknown): boolean =>
  error instanceof MongoError && error.code === DUPLICATE_KEY;

/** Another process inserted it at the same moment. @throws any other error */
export function unlessDuplicate(error: unknown): void {
  if (!isDuplicate(error)) throw error;
}

/** WriteConflict and NoSuchTransaction: the transaction was rolled back and may be retried. */
const ABORTED = [112, 251];
export const wasAborted = (error: unknown): boolean =>
  error instanceof MongoServerError && ABORTED.includes(Number(error.code));
