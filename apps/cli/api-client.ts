import createClient, { type Client, type ClientOptions } from 'openapi-fetch';
import type { TicketActionName } from '#ticketing/ticket/catalogue.js';
import type { paths } from '../../generated/api.js';

/** The HTTP API, typed from its OpenAPI document. */
export type Api = Client<paths>;

/** The service rejected a request: the problem's code and detail, and the HTTP status. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  constructor(
    readonly status: number,
    { code, detail }: Problem,
  ) {
    super(`${code}: ${detail}`);
  }
}

/** No service answers, or there is no token. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

export interface Connection {
  readonly url: string;
  /** @default the environment variable TICKETS_TOKEN */
  readonly token?: string | undefined;
}

/**
 * A client for one user.
 *
 * @throws Unreachable without a token; its calls throw it if no service answers.
 */
export function connect({ url, token = process.env['TICKETS_TOKEN'] }: Connection): Api {
  if (token === undefined || token === '') {
    throw new Unreachable(
      'No token. Give --token, or set TICKETS_TOKEN. Locally: npm run --silent token -- --sub NAME --role ROLE',
    );
  }
  const reach = async (request: Request): Promise<Response> => {
    try {
      return await fetch(request);
    } catch (cause) {
      const { origin } = new URL(url);
      throw new Unreachable(
        `No service answers at ${origin}. Start it with npm start, or give --url.`,
        { cause },
      );
    }
  };
  return clientOf({ baseUrl: url, headers: { authorization: `Bearer ${token}` }, fetch: reach });
}

export const clientOf = (options: ClientOptions): Api => createClient<paths>(options);

interface Answer<Data> {
  readonly data?: Data;
  readonly error?: unknown;
  readonly response: Pick<Response, 'status'>;
}

/** @throws ApiError for an error answer. */
export function dataOf<Data>({ data, error, response: { status } }: Answer<Data>): Data {
  if (data === undefined) throw new ApiError(status, problemOf(error, status));
  return data;
}

/** The code and the detail of problem details. */
export interface Problem {
  readonly code: string;
  readonly detail: string;
}

/** The problem of an error answer. An answer that is not problem details comes from elsewhere. */
export function problemOf(error: unknown, status: number): Problem {
  const { code, detail } = (error ?? {}) as Partial<Problem>;
  if (typeof code === 'string' && typeof detail === 'string') return { code, detail };
  const text = typeof error === 'string' ? error : JSON.stringify(error ?? null);
  return { code: `http_${status}`, detail: `It answered ${status}: ${text.slice(0, 200)}` };
}

interface CommandOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly idempotencyKey?: string | undefined;
  /** The revision to send as If-Match. */
  readonly ifMatch?: number | null | undefined;
  /** The service validates it: it comes from flags or from a file. */
  readonly body: object;
}

/** The header parameters of a command. */
export const headersOf = ({ idempotencyKey, ifMatch }: Omit<CommandOptions, 'body'>) => ({
  ...(idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey }),
  ...(ifMatch === undefined || ifMatch === null ? {} : { 'If-Match': `"${ifMatch}"` }),
});

/** Sends a command on a ticket. All commands share the type of their answer. */
export const giveCommand = (
  api: Api,
  ticketId: string,
  name: TicketActionName,
  { headers, body, ...options }: CommandOptions,
) =>
  api.POST(`/api/v1/tickets/{ticketId}/${name}` as '/api/v1/tickets/{ticketId}/cancel', {
    ...(headers === undefined ? {} : { headers }),
    params: { path: { ticketId }, header: headersOf(options) },
    body,
  });

/** Creates a ticket. */
export const createTicket = (api: Api, { headers, body, ...options }: CommandOptions) =>
  api.POST('/api/v1/tickets', {
    ...(headers === undefined ? {} : { headers }),
    params: { header: headersOf(options) },
    body: body as paths['/api/v1/tickets']['post']['requestBody']['content']['application/json'],
  });
