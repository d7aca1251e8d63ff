import { request, type Agent, type IncomingHttpHeaders } from 'node:http';
import type { ClientOptions } from 'openapi-fetch';

type Transport = Required<Pick<ClientOptions, 'baseUrl' | 'fetch' | 'Request'>>;

/**
 * A transport for openapi-fetch over the persistent connections of an agent. Node 20's `fetch` needs
 * several times the processor time, which would limit the speed of a replay, and so would complete
 * requests and responses: openapi-fetch needs no more of them than what is here.
 */
export const keepAliveTransport = (base: URL, agent: Agent, timeoutMs: number): Transport => ({
  baseUrl: base.href,
  Request: OutgoingRequest as typeof Request,
  fetch: (outgoing: OutgoingRequest) => send(base, agent, timeoutMs, outgoing) as Promise<Response>,
});

/** The part of a Request that the transport reads. */
class OutgoingRequest {
  readonly method: string;
  readonly headers: Headers;
  readonly content?: string;

  constructor(
    readonly url: string,
    { method = 'GET', headers, body }: RequestInit,
  ) {
    this.method = method;
    this.headers = headers as Headers;
    this.content = body as string;
  }
}

function send(
  { origin, hostname, port }: URL,
  agent: Agent,
  timeoutMs: number,
  { url, method, headers, content }: OutgoingRequest,
) {
  const options = {
    agent,
    timeout: timeoutMs,
    hostname: hostname.replace(/^\[|\]$/g, ''),
    port: port || 80,
    method,
    path: url.slice(origin.length),
    headers: {
      ...Object.fromEntries(headers),
      ...(content === undefined ? {} : { 'content-length': Buffer.byteLength(content) }),
    },
  };
  return new Promise((resolve, reject) => {
    const outgoing = request(options, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const { statusCode = 0 } = incoming;
        resolve(responseOf(statusCode, incoming.headers, Buffer.concat(chunks).toString()));
      });
    });
    outgoing.on('error', reject);
    outgoing.on('timeout', () => {
      outgoing.destroy(new Error(`No answer for ${timeoutMs / 1_000} s.`));
    });
    outgoing.end(content);
  });
}

/** The part of a Response that openapi-fetch and the replay read. */
const responseOf = (status: number, headers: IncomingHttpHeaders, content: string) => ({
  status,
  ok: status >= 200 && status < 300,
  headers: { get: (name: string) => headers[name.toLowerCase()] ?? null },
  text: () => Promise.resolve(content),
  json: () => Promise.resolve(JSON.parse(content) as unknown),
});
