import { Agent, request, type IncomingHttpHeaders } from 'node:http';

/** A raw request: the path is sent unchanged. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer | undefined;
}

/** A raw answer. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Keeps connections alive for all clients of one test file. They end with the process. */
const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** A request that gets no answer must fail its test, and not wait for ever. */
const SILENCE_TIMEOUT_MS = 120_000;

/**
 * Sends one request and reads the whole answer; of an endless stream only its head. Rejects if the
 * connection breaks, or nothing comes for a long time.
 */
export function send(
  url: string,
  { method, path, headers = {}, body }: HttpRequest,
  connections: Agent = agent,
): Promise<HttpAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        agent: connections,
        hostname,
        port,
        method,
        path,
        headers: {
          ...(body === undefined || 'transfer-encoding' in headers
            ? {}
            : { 'content-length': Buffer.byteLength(body).toString() }),
          ...headers,
        },
      },
      (incoming) => {
        const { statusCode: status = 0, headers: received } = incoming;
        if (received['content-type']?.startsWith('text/event-stream') && method !== 'HEAD') {
          incoming.destroy();
          resolve({ status, headers: received, text: '' });
          return;
        }
        let text = '';
        incoming.setEncoding('utf8');
        incoming.on('data', (part: string) => (text += part));
        incoming.on('error', reject);
        incoming.on('end', () => {
          if (!incoming.complete) {
            reject(new Error('The answer was cut off.'));
            return;
          }
          resolve({ status, headers: received, text });
        });
      },
    );
    outgoing.setTimeout(SILENCE_TIMEOUT_MS, () => {
      const seconds = SILENCE_TIMEOUT_MS / 1_000;
      outgoing.destroy(new Error(`${method} ${path}: nothing came for ${seconds} seconds.`));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** The status of a GET, or null if nothing listens. */
export async function httpStatus(url: string): Promise<number | null> {
  try {
    const { pathname } = new URL(url);
    return (await send(url, { method: 'GET', path: pathname })).status;
  } catch {
    // Nothing listens yet, or no longer.
    return null;
  }
}
