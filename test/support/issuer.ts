import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';

const NAME = 'https://issuer.example/';
const AUDIENCE = 'service-tickets';

/** An issuer of tokens on this machine, which publishes its key. */
export class TestIssuer {
  /** Whether it cuts every connection. */
  isAway = false;

  private constructor(
    private readonly server: Server,
    private readonly key: CryptoKey,
    jwk: JWK,
  ) {
    server.on('request', (_, response) => {
      if (this.isAway) response.destroy();
      else response.end(JSON.stringify({ keys: [{ ...jwk, kid: 'key', alg: 'EdDSA' }] }));
    });
  }

  static async start(): Promise<TestIssuer> {
    const { privateKey, publicKey } = await generateKeyPair('EdDSA');
    const server = createServer();
    const issuer = new TestIssuer(server, privateKey, await exportJWK(publicKey));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return issuer;
  }

  /** The settings of a service that accepts its tokens. */
  get environment(): Readonly<Record<string, string>> {
    const { port } = this.server.address() as AddressInfo;
    return {
      AUTH_JWKS_URL: `http://127.0.0.1:${port}/keys`,
      AUTH_ISSUER: NAME,
      AUTH_AUDIENCE: AUDIENCE,
    };
  }

  token(sub: string, ...roles: string[]): Promise<string> {
    return new SignJWT({ sub, roles })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'key', typ: 'at+jwt' })
      .setIssuer(NAME)
      .setAudience(AUDIENCE)
      .setExpirationTime('1h')
      .sign(this.key);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
