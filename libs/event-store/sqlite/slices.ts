import { setImmediate } from 'node:timers/promises';
import { StoreUnavailable, type RecordedEvent } from '../event-store.js';
import { LogDamaged } from '../history.js';
import { isDamage } from '../sqlite-damage.js';

/** A record has little more than the 64 KiB of a request: a slice is read in a few milliseconds. */
const SLICE_EVENTS = 16;

/** Reads events slice by slice. Other work of the thread runs in between. */
export async function inSlices(
  limit: number,
  read: (limit: number, last: RecordedEvent | undefined) => readonly RecordedEvent[],
): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for (;;) {
    const wanted = Math.min(limit - events.length, SLICE_EVENTS);
    const slice = await attempt(() => read(wanted, events.at(-1)));
    events.push(...slice);
    if (slice.length < wanted || events.length >= limit) return events;
    await setImmediate();
  }
}

/** Wraps an error of SQLite as `StoreUnavailable`, with the cause; damage as `LogDamaged`. */
export function attempt<Result>(read: () => Result): Promise<Result> {
  try {
    return Promise.resolve(read());
  } catch (error) {
    const reason = `The log cannot be read: ${(error as Error).message}`;
    return Promise.reject(
      isDamage(error) ? new LogDamaged(error) : new StoreUnavailable(reason, { cause: error }),
    );
  }
}
