import { ViewStoreUnavailable } from '../view-store.js';

/** What the database says against a query is told as "not now"; the cause goes to the log. */
export async function attempt<Result>(read: () => Result): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if ((error as { code?: string }).code !== 'ERR_SQLITE_ERROR') throw error;
    throw new ViewStoreUnavailable('The read models cannot be read at the moment.', {
      cause: error,
    });
  }
}
