import { importJWK, SignJWT } from 'jose';
import { DEFAULT_AUDIENCE } from './authentication-settings.js';
import { LOCAL_ISSUER, localSigningKey } from './local-key.js';

export interface TokenRequest {
  readonly sub: string;
  readonly roles: readonly string[];
  readonly tenant?: string | undefined;
  /** What people call them. */
  readonly name?: string | undefined;
  /** Its lifetime, such as `1h`, `30m` or `2 days`. */
  readonly ttl: string;
}

/** Signs a token with the local development key, as the `token` command prints it. */
export async function signToken(
  dataFolder: string,
  { sub, ttl, ...claims }: TokenRequest,
): Promise<string> {
  const jwk = await localSigningKey(dataFolder);
  const key = await importJWK(jwk, 'EdDSA');
  return new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'EdDSA', kid: jwk.kid ?? '', typ: 'JWT' })
    .setSubject(sub)
    .setIssuer(LOCAL_ISSUER)
    .setAudience(DEFAULT_AUDIENCE)
    .setIssuedAt()
    .setExpirationTime(ttl)
    .sign(key);
}
