import { decodeJwt } from 'jose';

/**
 * When the token of a request ends, in milliseconds since 1970. Only for requests that the guard
 * has let in: it has verified the token, and refuses one that has no end.
 */
export function tokenExpiry(authorization = ''): number {
  const { exp = 0 } = decodeJwt(authorization.replace(/^Bearer +/i, ''));
  return exp * 1_000;
}
