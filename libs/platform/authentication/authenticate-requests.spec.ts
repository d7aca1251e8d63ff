import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fastify } from 'fastify';
import { temporaryFolders } from '#event-store/testing/temporary-folder.js';
import type { Actor } from '#ticketing/decision.js';
import { readConfiguration } from '../configuration.js';
import { authenticateRequests } from './authenticate-requests.js';
import { signToken } from './sign-token.js';
import { TokenVerifier } from './token-verifier.js';

const bob: Actor = { id: 'bob', tenant: null, roles: ['engineer', 'reporter'] };

const newFolder = temporaryFolders();
const server = fastify();
let token: string;
/** The caller of the last request that reached a handler. */
let reached: { readonly actor: Actor | undefined } | null;

beforeAll(async () => {
  const folder = newFolder();
  authenticateRequests(server, await TokenVerifier.create(readConfiguration({ DATA_DIR: folder })));
  server.setErrorHandler((error, _request, reply) =>
    reply.status((error as { readonly status?: number }).status ?? 500).send(error),
  );
  for (const url of ['/health/live', '/api/v1/todos']) {
    server.get(url, ({ actor }: { readonly actor?: Actor }) => (reached = { actor }));
  }
  token = await signToken(folder, { sub: 'bob', roles: ['engineer', 'reporter'], ttl: '1h' });
});
afterAll(() => server.close());

const ask = async (url: string, authorization?: string, payload?: string): Promise<number> => {
  reached = null;
  const headers = authorization === undefined ? {} : { authorization };
  const method = payload === undefined ? 'GET' : 'POST';
  const answer = await server.inject({ method, url, headers, ...(payload && { payload }) });
  return answer.statusCode;
};

describe('the authentication of a request', () => {
  it('sets the actor', async () => {
    expect(await ask('/api/v1/todos', `Bearer ${token}`)).toBe(200);
    expect(reached).toStrictEqual({ actor: bob });
    // The second time the token is cached and the verification is synchronous.
    expect(await ask('/api/v1/todos', `Bearer ${token}`)).toBe(200);
    expect(reached).toStrictEqual({ actor: bob });
  });

  it.each(['bearer', 'BEARER', 'Bearer '])(
    'reads the scheme case-insensitively: %j',
    async (scheme) => {
      expect(await ask('/api/v1/todos', `${scheme} ${token}`)).toBe(200);
    },
  );

  it('is not needed for public routes, and not tried', async () => {
    expect(await ask('/health/live')).toBe(200);
    expect(await ask('/health/live', 'Bearer nonsense')).toBe(200);
    expect(reached).toStrictEqual({ actor: undefined });
  });

  it.each([
    ['no header', undefined],
    ['an empty header', ''],
    ['no token', 'Bearer'],
    ['an empty token', 'Bearer '],
    ['another scheme', 'Basic Ym9iOnNlY3JldA=='],
    ['two tokens', 'Bearer a.b.c d.e.f'],
    ['something after it', 'Bearer a.b.c, Basic x'],
    ['a line after it', 'Bearer a.b.c\nX: y'],
    ['a token that does not verify', 'Bearer a.b.c'],
  ])('refuses %s', async (_, header) => {
    expect(await ask('/api/v1/todos', header)).toBe(401);
    expect(reached).toBeNull();
  });

  it('is needed for unknown paths in the API, and for every body', async () => {
    expect(await ask('/none')).toBe(404);
    expect(await ask('/api/v1/none')).toBe(401);
    expect(await ask('/none', undefined, 'x')).toBe(401);
    expect(await ask('/health/live', undefined, 'x')).toBe(401);
    expect(await ask('/api/v1/none', `Bearer ${token}`)).toBe(404);
  });
});
