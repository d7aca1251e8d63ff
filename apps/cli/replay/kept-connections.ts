import { request, type Agent } from 'node:http';
import type { ClientOptions } from 'openapi-fetch';

/** The used part of a Request. */
class OutgoingRequest {
  readonly method: string;
  readonly headers: Headers;
  readonly body: string | undefined;

  constructor(
    readonly url: string,
    { method = 'GET', headers, body }: RequestInit,
  ) {
    this.method = method;
    this.headers = headers as Headers;
    this.body = body as string | undefined;
  }
}

/**
 * A transport for openapi-fetch over the keep-alive connections of an agent. A call costs about 80 µs of
 * processor time with it and 560 µs with Node 20's `fetch`, which would limit the speed of a replay.
 */
export function keptConnections(
  agent: Agent,
  timeoutMs: number,
): Required<Pick<ClientOptions, 'fetch' | 'Request'>> {
  const send = (outgoing: OutgoingRequest) => exchange(agent, timeoutMs, outgoing);
  // openapi-fetch uses only these members of Request and Response; the complete classes would
  // double the cost of a call.
  return { fetch: send, Request: OutgoingRequest } as unknown as ReturnType<typeof keptConnections>;
}

function exchange(
  agent: Agent,
  timeoutMs: number,
  { url, method, headers, body }: OutgoingRequest,
) {
  const { hostname, port, pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        agent,
        timeout: timeoutMs,
        hostname: hostname.replace(/^\[|\]$/g, ''),
        port: port || 80,
        method,
        path: pathname + search,
        headers: {
          ...Object.fromEntries(headers),
          ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
        },
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const { statusCode: status = 0, headers: received } = incoming;
          resolve(answerOf(status, received, Buffer.concat(chunks).toString('utf8')));
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.on('timeout', () => {
      outgoing.destroy(new Error(`No answer for ${timeoutMs / 1_000} s.`));
    });
    outgoing.end(body);
  });
}

/** The part of a Response that openapi-fetch reads. */
const answerOf = (
  status: number,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  text: string,
) => ({
  status,
  ok: status >= 200 && status < 300,
  headers: { get: (name: string) => headers[name.toLowerCase()] ?? null },
  text: () => Promise.resolve(text),
  json: () => Promise.resolve(JSON.parse(text) as unknown),
});
