import {
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  type FetchImplementation,
  type JSONWebKeySet,
  type JWK,
  type JWTVerifyGetKey,
} from 'jose';
import { parseIssuerUrl } from './issuer-url.js';

/** The issuer's keys, and the last set that was fetched; local keys are not fetched. */
export type IssuerKeys = JWTVerifyGetKey & {
  readonly jwks: () => JSONWebKeySet | undefined;
  readonly reload?: () => Promise<void>;
  /** Whether they were fetched too recently to fetch them for a token whose key is not there. */
  readonly coolingDown?: boolean;
};

/** How long fetched keys are used. With the time of the verified tokens it is below 5 minutes. */
const MAX_AGE_MS = 4 * 60_000;

/** What is wrong with an issuer's discovery document. */
export class WrongDiscovery extends Error {
  override readonly name = 'WrongDiscovery';
}

export const localKeys = (key: JWK): IssuerKeys => createLocalJWKSet({ keys: [key] });

/**
 * The keys that an issuer publishes.
 *
 * @param jwksUrl - their address; null to read it from the issuer's discovery document
 */
export function remoteKeys(issuer: string, jwksUrl: URL | null): IssuerKeys {
  // An unknown key id fetches the keys again. The cooldown keeps tokens with invented key ids from
  // causing a flood of requests to the issuer.
  const options = { cooldownDuration: 30_000, timeoutDuration: 5_000, cacheMaxAge: MAX_AGE_MS };
  if (jwksUrl !== null) return createRemoteJWKSet(jwksUrl, options);
  return createRemoteJWKSet(discoveryUrl(issuer), {
    ...options,
    [customFetch]: discovering(issuer),
  });
}

/** OpenID Connect Discovery 1.0, section 4.1. */
const discoveryUrl = (issuer: string): URL =>
  new URL(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);

/** Fetches the keys by way of the discovery document, which is read again if they are not there. */
function discovering(issuer: string): FetchImplementation {
  let known: string | null = null;
  return async (discovery, options) => {
    if (known === null) {
      const document = await fetch(discovery, options);
      if (document.status !== 200) return document;
      known = keysAddress(await document.json(), issuer);
    }
    try {
      const response = await fetch(known, options);
      if (response.status !== 200) known = null;
      return response;
    } catch (error) {
      known = null;
      throw error;
    }
  };
}

/** @throws WrongDiscovery if the document is another issuer's, or names no keys */
function keysAddress(document: unknown, issuer: string): string {
  const { issuer: named, jwks_uri: address } = (document ?? {}) as Record<string, unknown>;
  if (typeof named !== 'string' || typeof address !== 'string') {
    throw new WrongDiscovery('its discovery document does not name an issuer and its keys');
  }
  if (named !== issuer) {
    throw new WrongDiscovery(
      `its discovery document is of the issuer ${JSON.stringify(named)}: set AUTH_ISSUER to exactly that, if it is the right one`,
    );
  }
  try {
    return parseIssuerUrl(address).href;
  } catch (error) {
    throw new WrongDiscovery(`the address of its keys is wrong: ${(error as Error).message}`);
  }
}
