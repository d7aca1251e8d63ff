import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';

const NAME = 'https://issuer.example/';
const AUDIENCE = 'service-tickets';

/** How it answers those who fetch its keys. One that is away cuts every connection. */
export type IssuerManner =
  | 'publishes its key'
  | 'publishes another key'
  | 'publishes no key'
  | 'answers garbage'
  | 'fails'
  | 'is away';

/** An issuer of tokens on this machine, which publishes its key. */
export class TestIssuer {
  manner: IssuerManner = 'publishes its key';

  private constructor(
    private readonly server: Server,
    private readonly key: CryptoKey,
    own: JWK,
    other: JWK,
  ) {
    const keysOf = (jwk: JWK) => JSON.stringify({ keys: [{ ...jwk, kid: 'key', alg: 'EdDSA' }] });
    server.on('request', (_, response) => {
      if (this.manner === 'is away') response.destroy();
      else if (this.manner === 'fails') response.writeHead(500).end(keysOf(own));
      else if (this.manner === 'publishes no key') response.end('{"keys":[]}');
      else if (this.manner === 'answers garbage') response.end('<html>Welcome</html>');
      else response.end(keysOf(this.manner === 'publishes another key' ? other : own));
    });
  }

  static async start(): Promise<TestIssuer> {
    const { privateKey, publicKey } = await generateKeyPair('EdDSA');
    const other = await exportJWK((await generateKeyPair('EdDSA')).publicKey);
    const server = createServer();
    const issuer = new TestIssuer(server, privateKey, await exportJWK(publicKey), other);
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
