import {
  createLocalJWKSet,
  createRemoteJWKSet,
  decodeProtectedHeader,
  errors,
  jwtVerify,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
} from 'jose';
import { LRUCache } from 'lru-cache';
import type { Actor, Role } from '#ticketing/decision.js';
import { isId } from '#ticketing/text.js';
import type { Configuration } from '../configuration.js';
import { Problem } from '../problems/problem.js';
import { AcceptedKeys } from './accepted-keys.js';
import { LOCAL_AUDIENCE, LOCAL_ISSUER, localSigningKey } from './local-key.js';
import { isAccessToken } from './token-type.js';
import { weaknessOf } from './weak-keys.js';

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

/** How often the issuer's keys are fetched while it provides them. */
const FETCH_INTERVAL_MS = 5_000;

const NO_KEYS = 'it does not provide its keys';
const OTHER_KEYS =
  'it has exchanged all its keys: tokens signed with the earlier ones are refused, and none with the new ones was seen';

/** The issuer's keys, and the last set that was fetched; local keys are not fetched. */
type IssuerKeys = JWTVerifyGetKey & {
  readonly jwks: () => JSONWebKeySet | undefined;
  readonly reload?: () => Promise<void>;
};

export interface TokenVerifierObserver {
  /** Receives whether the cache had a token. */
  onLookup(hit: boolean): void;
  /** Receives a key of the issuer that is too weak, and why, at each token that it signed. */
  onWeakKey(kid: string | undefined, weakness: string): void;
}

/** Turns bearer tokens into actors. */
export class TokenVerifier {
  /** What is wrong with the keys that were fetched last. */
  #problem: string | null = null;
  readonly #accepted = new AcceptedKeys();
  #fetchedAt = -Infinity;
  #fetching: Promise<void> | null = null;
  readonly #verified = new LRUCache<string, { actor: Actor; expires: number }>({
    max: CACHED_TOKENS,
  });

  private constructor(
    private readonly keys: IssuerKeys,
    private readonly issuer: string,
    private readonly audience: string,
    private readonly observer: TokenVerifierObserver | undefined,
  ) {}

  static async create(
    { authentication, dataFolder }: Pick<Configuration, 'authentication' | 'dataFolder'>,
    observer?: TokenVerifierObserver,
  ): Promise<TokenVerifier> {
    if (authentication.kind === 'remote') {
      const { jwksUrl, issuer, audience } = authentication;
      // An unknown key id fetches the keys again. The cooldown keeps tokens with invented key ids
      // from causing a flood of requests to the issuer.
      const keys = createRemoteJWKSet(jwksUrl, {
        cooldownDuration: 30_000,
        timeoutDuration: 5_000,
      });
      return new TokenVerifier(keys, issuer, audience, observer);
    }
    const { d, ...publicKey } = await localSigningKey(dataFolder);
    const keys = createLocalJWKSet({ keys: [publicKey] });
    return new TokenVerifier(keys, LOCAL_ISSUER, LOCAL_AUDIENCE, observer);
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
    this.observer?.onLookup(hit);
    return hit ? known.actor : this.#verify(token);
  }

  /**
   * What was wrong with the issuer's keys when they were fetched last; null if nothing was. They are
   * fetched again in the background, so that an issuer that is away is noticed before its keys are
   * needed.
   */
  checkIssuer(): string | null {
    const isDue = performance.now() - this.#fetchedAt >= FETCH_INTERVAL_MS;
    if (isDue || this.#problem !== null) this.#fetching ??= this.#fetch();
    return this.#problem;
  }

  async #fetch(): Promise<void> {
    this.#fetchedAt = performance.now();
    try {
      await this.keys.reload?.();
      const isExchanged = this.#accepted.areAllExchanged(this.keys.jwks());
      this.#problem = this.#hasNoKeys ? NO_KEYS : isExchanged ? OTHER_KEYS : null;
    } catch {
      this.#problem = NO_KEYS;
    } finally {
      this.#fetching = null;
    }
  }

  get #hasNoKeys(): boolean {
    return this.keys.jwks()?.keys.length === 0;
  }

  async #verify(token: string): Promise<Actor> {
    const payload = await this.#payload(token);
    this.#accepted.verified(this.keys.jwks());
    const actor = actorOf(payload);
    const expires = Math.min((payload.exp ?? 0) * 1_000, Date.now() + CACHED_MS);
    this.#verified.set(token, { actor, expires });
    return actor;
  }

  async #payload(token: string): Promise<JWTPayload> {
    try {
      const { payload, protectedHeader } = await jwtVerify(token, this.keys, {
        algorithms: ALGORITHMS,
        issuer: this.issuer,
        audience: this.audience,
        requiredClaims: ['sub', 'exp'],
      });
      if (!isAccessToken(protectedHeader, payload)) {
        throw unauthenticated('The token is not an access token: its "typ" is another one.');
      }
      return payload;
    } catch (error) {
      if (error instanceof Problem) throw error;
      this.#refuseWeakKey(token, error);
      if (error instanceof errors.JWTExpired) throw unauthenticated('The token has expired.');
      if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError)) {
        throw this.#keysUnavailable(error);
      }
      // jose reports a response of the issuer that is not JSON as a plain JOSEError.
      const isMissing = error instanceof errors.JWKSNoMatchingKey && this.#hasNoKeys;
      if (isMissing || error instanceof errors.JWKSInvalid || error.code === 'ERR_JOSE_GENERIC') {
        throw this.#keysUnavailable(error);
      }
      if (error instanceof errors.JOSEAlgNotAllowed) {
        throw unauthenticated(`The token is not signed with ${ALGORITHMS.join(', ')}.`);
      }
      throw unauthenticated('The token is invalid.');
    }
  }

  #keysUnavailable(cause: unknown): Problem {
    this.#problem = NO_KEYS;
    const problem = new Problem(
      'unavailable',
      "The token's issuer does not provide its keys at the moment.",
    );
    problem.cause = cause;
    return problem;
  }

  /** @throws Problem if the issuer's key was refused for its length or curve */
  #refuseWeakKey(token: string, error: unknown): void {
    if (!(error instanceof TypeError || error instanceof errors.JWKSNoMatchingKey)) return;
    const header = decodeProtectedHeader(token);
    const weakness = weaknessOf(this.keys.jwks()?.keys ?? [], header);
    if (weakness === null) return;
    this.observer?.onWeakKey(header.kid, weakness);
    throw unauthenticated(`The issuer's key for the token ${weakness}.`);
  }
}

export const unauthenticated = (reason: string): Problem =>
  new Problem(
    'unauthenticated',
    `${reason} Send Authorization: Bearer with a token of the issuer.`,
  );

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
