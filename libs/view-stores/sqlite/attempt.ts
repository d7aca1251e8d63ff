import { isDamage } from '#event-store/sqlite-damage.js';
import { ViewsDamaged, ViewStoreUnavailable } from '../view-store.js';

/** Turns errors of the database and of documents into ViewStoreUnavailable, with the error as the cause. */
export async function attempt<Result>(read: () => Result): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (showsDamage(error)) throw ViewsDamaged.by(error);
    if ((error as { code?: string }).code !== 'ERR_SQLITE_ERROR') throw error;
    throw new ViewStoreUnavailable('The read models cannot be read at the moment.', {
      cause: error,
    });
  }
}

/** Whether an error can only be explained by damage of the file. */
export const showsDamage = (error: unknown): error is Error =>
  error instanceof ViewsDamaged || isDamage(error);
