import type { JWK, ProtectedHeaderParameters } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';

/** RFC 7518, section 3.3. */
const MIN_RSA_BITS = 2_048;

/** The type of the keys of each accepted algorithm, and their curve. */
const types: Readonly<Record<string, string>> = { RS256: 'RSA', ES256: 'EC', EdDSA: 'OKP' };
const curves: Readonly<Record<string, string>> = { ES256: 'P-256', EdDSA: 'Ed25519' };

/**
 * Why the issuer's key for a token is not accepted, such as "has 1024 bits; RS256 requires 2048";
 * null if there is no such key, or nothing is wrong with it.
 */
export function weaknessOf(
  keys: readonly JWK[],
  { alg = '', kid }: Pick<ProtectedHeaderParameters, 'alg' | 'kid'>,
): string | null {
  const key = keys.find(
    (each) => (kid === undefined || each.kid === kid) && each.kty === types[alg],
  );
  if (key === undefined) return null;
  if (key.kty === 'RSA') {
    const bits = bitsOf(key.n);
    return bits < MIN_RSA_BITS ? `has ${bits} bits; ${alg} requires ${MIN_RSA_BITS}` : null;
  }
  const curve = curves[alg];
  return key.crv === curve ? null : `is on another curve than ${curve}, which ${alg} requires`;
}

/** The length of a number in base64url, without leading zeros. */
function bitsOf(number: unknown): number {
  if (typeof number !== 'string') return 0;
  const hex = Buffer.from(number, 'base64url').toString('hex');
  return hex === '' ? 0 : BigInt(`0x${hex}`).toString(2).length;
}

/** How long a key that was logged is not logged again. */
const LOGGED_MS = 60 * 60_000;
const LOGGED_KEYS = 100;

/** Logs each weak key of the issuer at most once an hour, however many tokens it signed. */
export function logWeakKeys(logger: Logger): (kid: string | undefined, weakness: string) => void {
  const logged = new LRUCache<string, true>({ max: LOGGED_KEYS, ttl: LOGGED_MS });
  return (kid, weakness) => {
    const key = JSON.stringify([kid, weakness]);
    if (logged.has(key)) return;
    logged.set(key, true);
    logger.error({ kid, weakness }, 'issuer key refused');
  };
}
