import { ViewStoreUnavailable } from '../view-store.js';

/** Turns database errors into ViewStoreUnavailable, with the error as the cause. */
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
