import type { JWTHeaderParameters, JWTPayload } from 'jose';

/** Types of access tokens: RFC 7519 (section 5.1) and RFC 9068 (section 2.1). */
const ACCESS_TOKENS = ['jwt', 'at+jwt'];

/** What Keycloak's other tokens have in the claim `typ`; their header says JWT. */
const OTHER_TOKENS = ['id', 'refresh', 'offline', 'logout'];

/**
 * Whether a token says that it is an access token, or nothing about its type. An id token or a
 * DPoP proof of the same issuer must not open the API (RFC 8725, section 3.11).
 */
export const isAccessToken = (
  { typ }: Pick<JWTHeaderParameters, 'typ'>,
  { typ: claim }: JWTPayload,
): boolean =>
  (typ === undefined || ACCESS_TOKENS.includes(normalized(typ))) &&
  !OTHER_TOKENS.includes(normalized(claim));

/** Media types ignore case, and "application/" may be omitted (RFC 7515, section 4.1.9). */
const normalized = (type: unknown): string =>
  typeof type === 'string' ? type.toLowerCase().replace(/^application\//, '') : '';
