/** The service said no: the problem details' code and detail, and the HTTP status. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  constructor(
    readonly status: number,
    code: string,
    detail: string,
  ) {
    super(`${code}: ${detail}`);
  }
}

/** The service could not be asked. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

export interface Connection {
  readonly url: string;
  readonly token?: string | undefined;
}

/**
 * Asks the API for JSON.
 *
 * @throws ApiError for a refusal, Unreachable where there is no service or no token.
 */
export async function ask(
  { url, token = process.env['TICKETS_TOKEN'] }: Connection,
  method: 'GET' | 'POST',
  path: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<Record<string, unknown>> {
  if (token === undefined || token === '') {
    throw new Unreachable(
      'There is no token: give --token, or set TICKETS_TOKEN. Locally: npm run --silent token -- --sub NAME --role ROLE',
    );
  }
  const response = await reach(new URL(`/api/v1${path}`, url), {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  if (!response.ok) {
    throw new ApiError(response.status, String(answer['code']), String(answer['detail']));
  }
  return answer;
}

async function reach(url: URL, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, request);
  } catch (error) {
    throw new Unreachable(
      `There is no service at ${url.origin}. Start it with npm start, or give --url.`,
      {
        cause: error,
      },
    );
  }
}
