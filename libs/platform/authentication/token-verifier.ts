import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  jwtVerify,
  type JWTPayload,
  type JWTVerifyGetKey,
} from 'jose';
import { LRUCache } from 'lru-cache';
import type { Actor, Role } from '#ticketing/decision.js';
import { isId } from '#ticketing/text.js';
import type { Configuration } from '../configuration.js';
import { Problem } from '../problems/problem.js';
import { LOCAL_AUDIENCE, LOCAL_ISSUER, localSigningKey } from './local-key.js';

/** The accepted algorithms (`http-api.md`); a token cannot choose another one. */
const ALGORITHMS = ['EdDSA', 'ES256', 'RS256'];

const ROLES: readonly Role[] = [
  'customer',
  'engineer',
  'lead',
  'admin',
  'auditor',
  'reporter',
  'privacy_officer',
];

/** Bounds of the cache of verified tokens. The time bounds how long a withdrawn key is still accepted. */
const CACHED_TOKENS = 10_000;
const CACHED_MS = 5 * 60_000;

/** Turns bearer tokens into actors. */
export class TokenVerifier {
  readonly #verified = new LRUCache<string, { actor: Actor; expires: number }>({
    max: CACHED_TOKENS,
  });

  private constructor(
    private readonly keys: JWTVerifyGetKey,
    private readonly issuer: string,
    private readonly audience: string,
    private readonly onLookup: (hit: boolean) => void,
  ) {}

  /** @param onLookup - receives whether the cache had a token */
  static async create(
    { authentication, dataFolder }: Pick<Configuration, 'authentication' | 'dataFolder'>,
    onLookup: (hit: boolean) => void = () => undefined,
  ): Promise<TokenVerifier> {
    if (authentication.kind === 'remote') {
      const { jwksUrl, issuer, audience } = authentication;
      // An unknown key id fetches the keys again. The cooldown keeps tokens with invented key ids
      // from causing a flood of requests to the issuer.
      const keys = createRemoteJWKSet(jwksUrl, {
        cooldownDuration: 30_000,
        timeoutDuration: 5_000,
      });
      return new TokenVerifier(keys, issuer, audience, onLookup);
    }
    const { d, ...publicKey } = await localSigningKey(dataFolder);
    const keys = createLocalJWKSet({ keys: [publicKey] });
    return new TokenVerifier(keys, LOCAL_ISSUER, LOCAL_AUDIENCE, onLookup);
  }

  /**
   * Returns the actor of a token.
   *
   * @throws Problem `unauthenticated` if the token is invalid, `unavailable` if the issuer's
   *   keys cannot be fetched.
   */
  verify(token: string): Actor | Promise<Actor> {
    const known = this.#verified.get(token);
    const hit = known !== undefined && known.expires > Date.now();
    this.onLookup(hit);
    return hit ? known.actor : this.#verify(token);
  }

  async #verify(token: string): Promise<Actor> {
    const payload = await this.#payload(token);
    const actor = actorOf(payload);
    const expires = Math.min((payload.exp ?? 0) * 1_000, Date.now() + CACHED_MS);
    this.#verified.set(token, { actor, expires });
    return actor;
  }

  async #payload(token: string): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(token, this.keys, {
        algorithms: ALGORITHMS,
        issuer: this.issuer,
        audience: this.audience,
        requiredClaims: ['sub', 'exp'],
      });
      return payload;
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw unauthenticated('The token has expired.');
      if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError)) {
        throw keysUnavailable(error);
      }
      // jose reports a response of the issuer that is not JSON as a plain JOSEError.
      if (error instanceof errors.JWKSInvalid || error.code === 'ERR_JOSE_GENERIC') {
        throw keysUnavailable(error);
      }
      throw unauthenticated('The token is invalid.');
    }
  }
}

export const unauthenticated = (reason: string): Problem =>
  new Problem(
    'unauthenticated',
    `${reason} Send Authorization: Bearer with a token of the issuer.`,
  );

function keysUnavailable(cause: unknown): Problem {
  const problem = new Problem(
    'unavailable',
    "The token's issuer does not provide its keys at the moment.",
  );
  problem.cause = cause;
  return problem;
}

function actorOf({ sub, tenant, roles }: JWTPayload): Actor {
  if (typeof sub !== 'string' || !isId(sub)) {
    throw unauthenticated('The token\'s "sub" must be 1 to 128 printable characters.');
  }
  if (tenant !== undefined && tenant !== null && (typeof tenant !== 'string' || !isId(tenant))) {
    throw unauthenticated('The token\'s "tenant" must be 1 to 128 printable characters.');
  }
  const named: readonly unknown[] = Array.isArray(roles) ? roles : [];
  return {
    id: sub,
    tenant: tenant ?? null,
    roles: ROLES.filter((role) => named.includes(role)),
  };
}
