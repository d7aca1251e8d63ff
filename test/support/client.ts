import type { BatchResult, TicketAccepted } from './answers.js';
import { checkDocumented } from './documented.js';
import { send, type HttpAnswer, type HttpRequest } from './http.js';
import { until } from './until.js';

export const API = '/api/v1';

type Headers = Readonly<Record<string, string>>;

/** An answer whose body is JSON of a known shape. */
export interface Answer<Body> extends HttpAnswer {
  readonly body: Body;
}

/** A client of the service that acts as one person, or without a token. */
export class Client {
  constructor(
    readonly url: string,
    readonly token: string | null = null,
  ) {}

  /** A query below `/api/v1`, sent again while a busy service has not reached its minPosition. */
  get<Body>(path: string, headers: Headers = {}): Promise<Answer<Body>> {
    return until(`${path} is reached`, async () => {
      const answer = await this.json<Body>({ method: 'GET', path: API + path, headers });
      const isLate = answer.status === 503 && answer.text.includes('has not been reached yet');
      return isLate ? null : answer;
    });
  }

  post<Body = TicketAccepted>(
    path: string,
    body?: unknown,
    headers: Headers = {},
  ): Promise<Answer<Body>> {
    return this.json({ method: 'POST', path: API + path, ...jsonBody(body, headers) });
  }

  put<Body>(path: string, body: unknown, headers: Headers = {}): Promise<Answer<Body>> {
    return this.json({ method: 'PUT', path: API + path, ...jsonBody(body, headers) });
  }

  /** Sends a command on a ticket. */
  command<Body = TicketAccepted>(
    ticketId: string,
    name: string,
    body?: unknown,
    headers: Headers = {},
  ): Promise<Answer<Body>> {
    return this.post(`/tickets/${ticketId}/${name}`, body, headers);
  }

  /** Sends lines to `POST /commands`, and reads the results, one in each line. */
  async batch(
    lines: readonly unknown[],
    headers: Headers = {},
  ): Promise<HttpAnswer & { readonly results: readonly BatchResult[] }> {
    const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
    const answer = await this.send({
      method: 'POST',
      path: `${API}/commands`,
      headers: { 'content-type': 'application/x-ndjson', ...headers },
      body: `${text.join('\n')}\n`,
    });
    const results =
      answer.status === 200
        ? answer.text
            .trimEnd()
            .split('\n')
            .map((line) => JSON.parse(line) as BatchResult)
        : [];
    return { ...answer, results };
  }

  /** Sends a raw request, and reads its answer as JSON. */
  async json<Body>(request: HttpRequest): Promise<Answer<Body>> {
    const answer = await this.send(request);
    const body = answer.text === '' ? undefined : (JSON.parse(answer.text) as unknown);
    return { ...answer, body: body as Body };
  }

  /**
   * Sends a request unchanged, with this person's token.
   *
   * @throws Error if the service's OpenAPI document does not allow the answer, or the answer has no
   *   security headers, or may be cached
   */
  async send({ headers = {}, ...request }: HttpRequest): Promise<HttpAnswer> {
    const own: Headers = this.token === null ? {} : { authorization: `Bearer ${this.token}` };
    const answer = await send(this.url, { ...request, headers: { ...own, ...headers } });
    const missing = missingSecurityHeaders(answer.headers);
    if (request.path.startsWith(API) && answer.headers['cache-control'] !== 'no-store') {
      throw new Error(`${request.path} may be cached.`);
    }
    if (missing.length > 0) throw new Error(`${request.path} answers without ${missing.join()}`);
    await checkDocumented(this.url, request.method, request.path, answer);
    return answer;
  }
}

/** The names of the security headers that an answer lacks; every answer must have them. */
const missingSecurityHeaders = (headers: HttpAnswer['headers']): readonly string[] =>
  [
    'content-security-policy',
    'referrer-policy',
    'strict-transport-security',
    'x-content-type-options',
  ].filter((name) => headers[name] === undefined);

const jsonBody = (body: unknown, headers: Headers): Pick<HttpRequest, 'body' | 'headers'> =>
  body === undefined
    ? { headers }
    : { headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
