import { decodeJwt } from 'jose';

/**
 * The expiry of a request's token, in milliseconds since 1970. Only for authenticated requests: the
 * guard has verified the token and refuses one without an expiry.
 */
export function tokenExpiry(authorization = ''): number {
  const { exp = 0 } = decodeJwt(authorization.replace(/^Bearer +/i, ''));
  return exp * 1_000;
}
