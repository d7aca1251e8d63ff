import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { isMainThread } from 'node:worker_threads';

/**
 * Loaded into a service with `--import`: measures how long its event loop was held without a pause.
 *
 * The measure is the processor time of the main thread between two turns of a timer. Time in which
 * other programs have the processor does not count, so that it also holds on a loaded machine. Linux
 * alone has it; elsewhere the clock stands in.
 */

const INTERVAL_MS = 2;

function usedMs(): number {
  try {
    const [used = ''] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'latin1').split(
      ' ',
    );
    return Number(used) / 1e6;
  } catch {
    return performance.now();
  }
}

if (isMainThread) {
  let before = usedMs();
  let longestMs = 0;
  setInterval(() => {
    const now = usedMs();
    longestMs = Math.max(longestMs, now - before);
    before = now;
  }, INTERVAL_MS).unref();
  // Answers with the longest time since the last answer.
  const server = createServer((_, response) => {
    response.end(String(longestMs));
    longestMs = 0;
  });
  server.unref().listen(0, '127.0.0.1', () => {
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    process.stdout.write(`loop witness at http://127.0.0.1:${port}\n`);
  });
}
