import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { Provider } from 'oidc-provider';
import { readConfiguration } from '../configuration.js';
import { TokenVerifier } from './token-verifier.js';

/** A real OpenID provider, with the claims of Keycloak. */
let server: Server;
let issuer: string;
beforeAll(async () => {
  server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    jwks: { keys: [await privateKey('RS256'), await privateKey('ES256')] },
    clients: [
      {
        client_id: 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
        client_secret: 'secret',
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
      },
    ],
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_context, resource) => ({
          scope: '',
          audience: resource === 'urn:tickets' ? 'service-tickets' : resource,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
    extraTokenClaims: () => ({
      realm_access: { roles: ['offline_access', 'desk-lead'] },
      'https://example.com/tenant': 'acme',
      name: 'Lena Lead',
    }),
  });
  const answer = provider.callback();
  server.on('request', (request, response) => void answer(request, response));
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

async function privateKey(alg: string): Promise<JWK> {
  const pair = await generateKeyPair(alg, { extractable: true });
  return { ...(await exportJWK(pair.privateKey)), alg, use: 'sig', kid: alg };
}

/** An access token for a resource, by the grant of client credentials. */
async function obtainToken(resource: string): Promise<string> {
  const answer = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from('f81d4fae-7dec-11d0-a765-00a0c91e6bf6:secret').toString('base64')}`,
    },
    body: new URLSearchParams({ grant_type: 'client_credentials', resource }),
  });
  const { access_token: token } = (await answer.json()) as { readonly access_token?: string };
  expect({ status: answer.status, token: typeof token }).toStrictEqual({
    status: 200,
    token: 'string',
  });
  return token ?? '';
}

describe('tokens of a real OpenID provider', () => {
  it('are accepted by the address of the issuer alone, with its own claims', async () => {
    // Given
    const verifier = await TokenVerifier.create(
      readConfiguration({
        AUTH_ISSUER: issuer,
        AUTH_ROLES_CLAIM: 'realm_access.roles',
        AUTH_TENANT_CLAIM: 'https://example.com/tenant',
        AUTH_ROLE_MAP: 'desk-lead=lead',
      }),
    );
    // When
    const actor = await verifier.verify(await obtainToken('urn:tickets'));
    // Then
    expect(actor).toStrictEqual({
      id: 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
      tenant: 'acme',
      roles: ['lead'],
      name: 'Lena Lead',
    });
  });

  it('are refused if they are for another service, with the claim that says so', async () => {
    const verifier = await TokenVerifier.create(readConfiguration({ AUTH_ISSUER: issuer }));
    const token = await obtainToken('urn:another');
    await expect((async () => verifier.verify(token))()).rejects.toThrow(/"aud" is missing, or/);
  });
});
