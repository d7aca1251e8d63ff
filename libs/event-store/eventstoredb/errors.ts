import { StoreUnavailable } from '../event-store.js';

/** What an error of the client says, in one line; it has neither credentials nor a stack in it. */
export function wordsOf(error: unknown): string {
  const { details, message, type } = (error ?? {}) as Partial<Record<string, string>>;
  // Some of the client's errors have no message, but a type such as "access-denied".
  const words = [details, message, type].find((text) => text !== undefined && text !== '');
  return (words ?? String(error)).replace(/^\d+ [A-Z_]+: /, '').split('\n', 1)[0] ?? '';
}

/** What the client or the network says, told as "not now", with the cause for the operator. */
export const unavailable = (doing: string, error: unknown): StoreUnavailable =>
  error instanceof StoreUnavailable
    ? error
    : new StoreUnavailable(`The event store cannot be ${doing}: ${wordsOf(error)}`, {
        cause: error,
      });

/** Fails with words where the work takes longer; what it ends with then is of no interest. */
export async function within<Result>(
  milliseconds: number,
  doing: string,
  work: Promise<Result>,
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new StoreUnavailable(
          `The event store cannot be ${doing}: no answer within ${Math.ceil(milliseconds)} ms`,
        ),
      );
    }, milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
