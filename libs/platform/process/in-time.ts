import { sleep } from '#event-store/sleep.js';

/** What does not answer for so long hangs: it is reported within ten seconds. */
const ANSWER_TIMEOUT_MS = 4_000;

/** Waits for a check, but not for ever; null if it takes too long. The check itself is not ended then. */
export async function inTime<Result>(check: Promise<Result>): Promise<Result | null> {
  const timeout = new AbortController();
  const late = sleep(ANSWER_TIMEOUT_MS, timeout.signal).then(() => null);
  try {
    return await Promise.race([check, late]);
  } finally {
    timeout.abort();
  }
}
