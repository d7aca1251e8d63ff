import { decodeProtectedHeader, errors, type JWTPayload } from 'jose';
import { LRUCache } from 'lru-cache';
import type { Actor } from '#ticketing/decision.js';
import type { Configuration } from '../configuration.js';
import { Problem } from '../problems/problem.js';
import { AcceptedKeys } from './accepted-keys.js';
import { DEFAULT_AUDIENCE, type Authentication } from './authentication-settings.js';
import { localKeys, remoteKeys, WrongDiscovery, type IssuerKeys } from './issuer-keys.js';
import { LOCAL_ISSUER, localSigningKey } from './local-key.js';
import { actorOf, unauthenticated } from './token-actor.js';
import { isAccessToken } from './token-type.js';
import { verifySignature } from './verify-signature.js';
import { weaknessOf } from './weak-keys.js';

/** The accepted algorithms (`http-api.md`); a token cannot choose another one. */
const ALGORITHMS = ['EdDSA', 'ES256', 'RS256'];

/**
 * Bounds of the cache of verified tokens. A withdrawn key is still accepted for this time, for that
 * of the fetched keys, and for that of a fetch: 5 minutes together, as the documentation says.
 */
const CACHED_TOKENS = 10_000;
const CACHED_MS = 50_000;

/** How often the issuer's keys are fetched while it provides them. */
const FETCH_INTERVAL_MS = 5_000;

const NO_KEYS = 'it does not provide its keys';
const OTHER_KEYS =
  'it has exchanged all its keys: tokens signed with the earlier ones are refused, and none with the new ones was seen';

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
    private readonly settings: Authentication,
    private readonly observer: TokenVerifierObserver | undefined,
  ) {}

  static async create(
    { authentication, dataFolder }: Pick<Configuration, 'authentication' | 'dataFolder'>,
    observer?: TokenVerifierObserver,
  ): Promise<TokenVerifier> {
    if (authentication.kind === 'remote') {
      const { jwksUrl, issuer, audience } = authentication;
      const keys = remoteKeys(issuer, jwksUrl);
      return new TokenVerifier(keys, issuer, audience, authentication, observer);
    }
    const { d, ...publicKey } = await localSigningKey(dataFolder);
    const keys = localKeys(publicKey);
    return new TokenVerifier(keys, LOCAL_ISSUER, DEFAULT_AUDIENCE, authentication, observer);
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
    } catch (error) {
      this.#problem = error instanceof WrongDiscovery ? error.message : NO_KEYS;
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
    const actor = actorOf(payload, this.settings);
    const expired = ((payload.exp ?? 0) + this.settings.clockSkewSeconds) * 1_000;
    const expires = Math.min(expired, Date.now() + CACHED_MS);
    this.#verified.set(token, { actor, expires });
    return actor;
  }

  async #payload(token: string): Promise<JWTPayload> {
    try {
      const { payload, protectedHeader } = await verifySignature(token, this.keys, {
        algorithms: ALGORITHMS,
        issuer: this.issuer,
        audience: this.audience,
        requiredClaims: ['exp'],
        clockTolerance: this.settings.clockSkewSeconds,
      });
      if (!isAccessToken(protectedHeader, payload)) {
        throw unauthenticated('The token is not an access token: its "typ" is another one.');
      }
      return payload;
    } catch (error) {
      if (error instanceof Problem) throw error;
      this.#refuseWeakKey(token, error);
      if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError)) {
        throw this.#keysUnavailable(error);
      }
      // jose reports a response of the issuer that is not JSON as a plain JOSEError.
      const isMissing = error instanceof errors.JWKSNoMatchingKey && this.#hasNoKeys;
      if (isMissing || error instanceof errors.JWKSInvalid || error.code === 'ERR_JOSE_GENERIC') {
        throw this.#keysUnavailable(error);
      }
      throw unauthenticated(flawOf(error));
    }
  }

  #keysUnavailable(cause: unknown): Problem {
    this.#problem = cause instanceof WrongDiscovery ? cause.message : NO_KEYS;
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

/** What is wrong with a token, in a sentence. */
function flawOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'The token has expired.';
  if (error instanceof errors.JOSEAlgNotAllowed) {
    return `The token is not signed with ${ALGORITHMS.join(', ')}.`;
  }
  return error instanceof errors.JWTClaimValidationFailed
    ? `The token's "${error.claim}" is missing, or is not accepted here.`
    : 'The token is invalid.';
}
