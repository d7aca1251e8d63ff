import { ReadConcern, WriteConcern, type ClientSession, type TransactionOptions } from 'mongodb';
import { isConflict } from './errors.js';

/** What a majority has is not taken back when another member becomes the primary. */
export const MAJORITY = {
  readConcern: new ReadConcern('majority'),
  writeConcern: new WriteConcern('majority'),
} satisfies TransactionOptions;

/** How often a transaction is tried that got in the way of another one. */
const TRIES = 5;

/** Two transactions that meet are tried again; what is away is not waited for. */
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
      if (session.inTransaction()) await session.abortTransaction().catch(() => undefined);
      if (!isConflict(error) || tries === TRIES) throw error;
    }
  }
}
