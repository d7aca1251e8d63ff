import { StoreUnavailable } from '../event-store.js';

/** An error of the client in one line, without credentials or stack. */
export function wordsOf(error: unknown): string {
  const { details, message, type } = (error ?? {}) as Partial<Record<string, string>>;
  // Some of the client's errors have no message, but a type such as "access-denied".
  const words = [details, message, type].find((text) => text !== undefined && text !== '');
  return (words ?? String(error)).replace(/^\d+ [A-Z_]+: /, '').split('\n', 1)[0] ?? '';
}

/** Wraps an error of the client or the network as `StoreUnavailable`, with the cause. */
export const unavailable = (doing: string, error: unknown): StoreUnavailable =>
  error instanceof StoreUnavailable
    ? error
    : new StoreUnavailable(`The event store cannot be ${doing}: ${wordsOf(error)}`, {
        cause: error,
      });

/** @throws StoreUnavailable if the work takes longer than the timeout; its later result is ignored. */
export async function within<Result>(
  timeoutMs: number,
  doing: string,
  work: Promise<Result>,
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new StoreUnavailable(
          `The event store cannot be ${doing}: no answer within ${Math.ceil(timeoutMs)} ms`,
        ),
      );
    }, timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The client's name of an error, such as "stream-deleted". */
export const typeOf = (error: unknown): string | undefined =>
  (error as { type?: string } | undefined)?.type;
