import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  exportJWK,
  generateKeyPair,
  SignJWT,
  type CryptoKey,
  type JWK,
  type JWTPayload,
} from 'jose';
import { readConfiguration, type Configuration } from '../configuration.js';

export const ISSUER = 'https://issuer.example/';
export const AUDIENCE = 'service-tickets';

export type Algorithm = 'EdDSA' | 'ES256' | 'RS256' | 'ES384' | 'PS256';

/** A key pair of an issuer. */
export interface IssuersKey {
  readonly alg: Algorithm;
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly jwk: JWK;
}

export async function makeKey(alg: Algorithm, kid: string): Promise<IssuersKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), alg, kid, use: 'sig' };
  return { alg, kid, privateKey, publicKey, jwk };
}

/** The claims of a valid token; an undefined claim is omitted. */
export const goodClaims = (): JWTPayload => {
  const now = Math.floor(Date.now() / 1_000);
  return {
    iss: ISSUER,
    aud: AUDIENCE,
    sub: 'alice',
    tenant: 'acme',
    roles: ['customer'],
    iat: now,
    exp: now + 3_600,
  };
};

/** A valid token except for the given claims and type; an undefined one is omitted. */
export const tokenOf = (
  {
    alg,
    kid,
    privateKey,
  }: Pick<IssuersKey, 'alg' | 'privateKey'> & { readonly kid: string | undefined },
  claims: JWTPayload = {},
  { typ }: { readonly typ: string | undefined } = { typ: 'JWT' },
): Promise<string> =>
  new SignJWT({ ...goodClaims(), ...claims })
    .setProtectedHeader({
      alg,
      ...(kid === undefined ? {} : { kid }),
      ...(typ === undefined ? {} : { typ }),
    })
    .sign(privateKey);

/** An issuer's key set, served on this machine. */
export class Issuer {
  /** The published keys. */
  keys: readonly IssuersKey[] = [];
  /** The number of requests for them. */
  fetches = 0;
  /** The faulty answer, if any. */
  instead: { readonly status: number; readonly body: string } | 'nothing' | null = null;

  /** Its discovery document; null for none. */
  discovery: object | null = null;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Issuer> {
    const server = createServer();
    const issuer = new Issuer(server);
    server.on('request', ({ url }, response) => {
      if (url === '/.well-known/openid-configuration') {
        response
          .writeHead(issuer.discovery === null ? 404 : 200)
          .end(JSON.stringify(issuer.discovery));
        return;
      }
      if (url !== '/keys') {
        response.writeHead(404).end();
        return;
      }
      issuer.fetches += 1;
      if (issuer.instead === 'nothing') {
        response.destroy();
        return;
      }
      const keys = JSON.stringify({ keys: issuer.keys.map(({ jwk }) => jwk) });
      const { status, body } = issuer.instead ?? { status: 200, body: keys };
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return issuer;
  }

  /** The address of this machine's server. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The configuration of a service that accepts this issuer's tokens. */
  get configuration(): Configuration {
    return this.configurationWith({});
  }

  configurationWith(settings: Readonly<Record<string, string | undefined>>): Configuration {
    return readConfiguration({
      DATA_DIR: '/nowhere',
      PORT: '0',
      LOG_LEVEL: 'silent',
      AUTH_ISSUER: ISSUER,
      AUTH_AUDIENCE: AUDIENCE,
      AUTH_JWKS_URL: `${this.url}/keys`,
      ...settings,
    });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
