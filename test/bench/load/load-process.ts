import { percentile } from '../support/statistics.js';
import { sendAll, type Outcome } from './keep-alive-client.js';

/** A burst of requests, with one at a time on each connection. */
export interface Burst {
  readonly port: number;
  readonly connections: number;
  /** The total number of requests. */
  readonly requests: number;
  /** The maximum rate. @default as fast as answers arrive */
  readonly perSecond?: number;
  /** Divided between the connections, so that no two post to the same path. */
  readonly paths: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  /** The body of every request: POST with a body, otherwise GET. */
  readonly body?: string;
}

export interface BurstOutcome {
  readonly seconds: number;
  /** The number of answers by status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Milliseconds from request to answer. */
  readonly latency: { readonly p50: number; readonly p99: number };
}

async function send(burst: Burst): Promise<BurstOutcome> {
  const { port, connections, paths, perSecond = Infinity } = burst;
  const requests = paths.map((path) => requestTo(path, burst));
  const outcome: Outcome = { statuses: new Map(), latencies: [] };
  let left = burst.requests;
  const start = performance.now();
  let sent = 0;
  const pause = () => start + (sent++ * 1_000) / perSecond - performance.now();
  const all = Array.from({ length: connections }, (_, connection) => {
    let next = connection;
    const nextRequest = () => {
      if (left <= 0) return undefined;
      left -= 1;
      const request = requests[next % requests.length];
      next += connections;
      return request;
    };
    return sendAll(port, nextRequest, outcome, pause);
  });
  await Promise.all(all);
  const seconds = (performance.now() - start) / 1_000;
  return {
    seconds,
    statuses: Object.fromEntries(outcome.statuses),
    latency: {
      p50: percentile(outcome.latencies, 0.5),
      p99: percentile(outcome.latencies, 0.99),
    },
  };
}

function requestTo(path: string, { port, headers, body }: Burst): Buffer {
  const lines = Object.entries({
    Host: `127.0.0.1:${port}`,
    ...(body === undefined
      ? {}
      : { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(body)) }),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  const method = body === undefined ? 'GET' : 'POST';
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body ?? ''}`);
}

process.on('message', (burst: Burst) => {
  send(burst).then(
    (outcome) => process.send?.(outcome),
    (error: unknown) => {
      process.stderr.write(`${(error as Error).message}\n`);
      process.exit(1);
    },
  );
});
process.once('disconnect', () => process.exit(0));
