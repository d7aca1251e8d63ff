import { setTimeout } from 'node:timers/promises';
import { ReadConcern, WriteConcern, type ClientSession, type TransactionOptions } from 'mongodb';
import { wasAborted } from './errors.js';

/** What a majority has is not taken back when another member becomes the primary. */
export const MAJORITY = {
  readConcern: new ReadConcern('majority'),
  writeConcern: new WriteConcern('majority'),
} satisfies TransactionOptions;

/** How often a transaction is tried that was aborted, and how much longer it rests each time. */
const TRIES = 8;
const REST_MILLISECONDS = 10;

/** A transaction that got in the way of another one is tried again; what is away is not waited for. */
export async function inTransaction<Result>(
  session: ClientSession,
  work: () => Promise<Result>,
): Promise<Result> {
  for (let tries = 1; ; tries++) {
    session.startTransaction(MAJORITY);
    try {
      const result = await work();
      await session.commitTransaction();
      return result;
    } catch (error) {
      // What made it fail is told; where it cannot be aborted either, the server does it in time.
      if (session.inTransaction()) await session.abortTransaction().catch(() => undefined);
      if (!wasAborted(error) || tries === TRIES) throw error;
      await setTimeout(tries * REST_MILLISECONDS);
    }
  }
}
