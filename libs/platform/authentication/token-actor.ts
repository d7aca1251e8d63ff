import type { JWTPayload } from 'jose';
import { roles, type Actor, type Role } from '#ticketing/decision.js';
import { isId, isLine, normalId } from '#ticketing/text.js';
import { Problem } from '../problems/problem.js';
import type { Authentication, RoleMap } from './authentication-settings.js';

export const unauthenticated = (reason: string): Problem =>
  new Problem(
    'unauthenticated',
    `${reason} Send Authorization: Bearer with a token of the issuer.`,
  );

const MAX_NAME_LENGTH = 200;

/**
 * The actor that a verified token names.
 *
 * @throws Problem `unauthenticated` if its subject or tenant cannot be an id
 */
export function actorOf(
  payload: JWTPayload,
  { claims, roleMap }: Pick<Authentication, 'claims' | 'roleMap'>,
): Actor {
  const tenant = claimAt(payload, claims.tenant) ?? null;
  const name = nameOf(claimAt(payload, claims.name));
  return {
    id: idOf(claimAt(payload, claims.subject), claims.subject),
    tenant: tenant === null ? null : idOf(tenant, claims.tenant),
    roles: rolesOf(claimAt(payload, claims.roles), roleMap),
    ...(name === null ? {} : { name }),
  };
}

/**
 * The claim at a path such as `realm_access.roles`. Names may have dots themselves, such as Auth0's
 * `https://example.org/roles`: the longest name that is there is followed.
 */
export function claimAt(claims: unknown, path: string): unknown {
  if (typeof claims !== 'object' || claims === null || Array.isArray(claims)) return undefined;
  for (let end = path.length; end > 0; end = path.lastIndexOf('.', end - 1)) {
    const name = path.slice(0, end);
    if (!Object.hasOwn(claims, name)) continue;
    const value = (claims as Record<string, unknown>)[name];
    return end === path.length ? value : claimAt(value, path.slice(end + 1));
  }
  return undefined;
}

function idOf(value: unknown, claim: string): string {
  const id = typeof value === 'string' ? normalId(value) : '';
  if (isId(id)) return id;
  throw unauthenticated(`The token's "${claim}" must be 1 to 128 printable characters.`);
}

const nameOf = (value: unknown): string | null => {
  const name = typeof value === 'string' ? value.normalize().trim() : '';
  return name !== '' && name.length <= MAX_NAME_LENGTH && isLine(name) ? name : null;
};

/** The roles in the order of {@link roles}, whatever the token's. */
function rolesOf(value: unknown, roleMap: RoleMap): Role[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [];
  const names = values.filter((each) => typeof each === 'string');
  const named = names.flatMap<string>((name) => roleMap.get(name) ?? [name]);
  return roles.filter((role) => named.includes(role));
}
