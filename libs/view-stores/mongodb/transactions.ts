import { setTimeout } from 'node:timers/promises';
import { ReadConcern, WriteConcern, type ClientSession, type TransactionOptions } from 'mongodb';
import { wasAborted } from './errors.js';

/** What a majority has acknowledged is not rolled back when another member becomes primary. */
export const MAJORITY = {
  readConcern: new ReadConcern('majority'),
  writeConcern: new WriteConcern('majority'),
} satisfies TransactionOptions;

/** How often an aborted transaction is attempted, and how much longer each pause is. */
const MAX_ATTEMPTS = 8;
const RETRY_DELAY_MS = 10;

/** Retries a transaction that was aborted by a conflict; other errors are thrown at once. */
export async function inTransaction<Result>(
  session: ClientSession,
  work: () => Promise<Result>,
): Promise<Result> {
  for (let attempts = 1; ; attempts++) {
    session.startTransaction(MAJORITY);
    try {
      const result = await work();
      await session.commitTransaction();
      return result;
    } catch (error) {
      // The first error is the one to report; the server's timeout aborts what cannot be aborted.
      if (session.inTransaction()) await session.abortTransaction().catch(() => undefined);
      if (!wasAborted(error) || attempts === MAX_ATTEMPTS) throw error;
      await setTimeout(attempts * RETRY_DELAY_MS);
    }
  }
}
