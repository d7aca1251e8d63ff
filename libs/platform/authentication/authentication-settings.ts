import { roles, type Role } from '#ticketing/decision.js';
import type { Read } from '../http-limits.js';
import { parseIssuerUrl } from './issuer-url.js';

/** The audience of local tokens, and of an issuer's unless AUTH_AUDIENCE names another one. */
export const DEFAULT_AUDIENCE = 'service-tickets';

/** Whose tokens are accepted, and how they are read. */
export type Authentication = (LocalAuthentication | RemoteAuthentication) & {
  readonly claims: ClaimPaths;
  readonly roleMap: RoleMap;
  /** How far the clocks of the issuer and of this machine may differ. */
  readonly clockSkewSeconds: number;
};

/** Tokens are signed with the key in the data folder. For one machine only. */
interface LocalAuthentication {
  readonly kind: 'local';
}

/** Tokens are signed by an issuer that publishes its keys (RFC 7517). */
interface RemoteAuthentication {
  readonly kind: 'remote';
  readonly issuer: string;
  readonly audience: string;
  /** The address of its keys; null if the issuer's discovery document names it. */
  readonly jwksUrl: URL | null;
}

/** The paths of the claims that are read, such as `realm_access.roles`. */
export interface ClaimPaths {
  readonly roles: string;
  readonly tenant: string;
  readonly subject: string;
  readonly name: string;
}

/** The roles that each of the issuer's names stands for. A name that is not in it stands for itself. */
export type RoleMap = ReadonlyMap<string, readonly Role[]>;

/** The settings that are for tokens of an issuer. */
const CLAIMS = {
  roles: ['AUTH_ROLES_CLAIM', 'roles'],
  tenant: ['AUTH_TENANT_CLAIM', 'tenant'],
  subject: ['AUTH_SUBJECT_CLAIM', 'sub'],
  name: ['AUTH_NAME_CLAIM', 'name'],
} as const;
const ROLE_MAP = 'AUTH_ROLE_MAP';

/** Adds to `problems` what is wrong with the settings together. */
export function readAuthentication(read: Read, problems: string[]): Authentication {
  const given = (name: string) => read<string | null>(name, (text) => text, null);
  const issuer = given('AUTH_ISSUER');
  const audience = read('AUTH_AUDIENCE', (text) => text, DEFAULT_AUDIENCE);
  const jwksUrl = read<URL | null>('AUTH_JWKS_URL', parseIssuerUrl, null);
  const common = {
    claims: {
      roles: read(...claim('roles')),
      tenant: read(...claim('tenant')),
      subject: read(...claim('subject')),
      name: read(...claim('name')),
    },
    roleMap: read<RoleMap>(ROLE_MAP, parseRoleMap, new Map()),
    clockSkewSeconds: read('AUTH_CLOCK_SKEW', parseSeconds, 5),
  };
  if (issuer !== null) {
    // Discovery needs the issuer's address; a name that is none is compared only.
    if (given('AUTH_JWKS_URL') === null) read('AUTH_ISSUER', parseDiscovered, null);
    return { ...common, kind: 'remote', issuer, audience, jwksUrl };
  }
  const useless = [
    'AUTH_AUDIENCE',
    'AUTH_JWKS_URL',
    ...Object.values(CLAIMS).map(([name]) => name),
    ROLE_MAP,
  ].filter((name) => given(name) !== null);
  if (useless.length > 0) {
    problems.push(
      `AUTH_ISSUER: missing. ${useless.join(', ')} are for the tokens of an issuer: set AUTH_ISSUER to its address, as tokens have it in "iss", or unset ${useless.length > 1 ? 'them' : 'it'}.`,
    );
  }
  return { ...common, kind: 'local' };
}

const claim = (name: keyof ClaimPaths): [string, (text: string) => string, string] => [
  CLAIMS[name][0],
  parseClaim,
  CLAIMS[name][1],
];

function parseClaim(text: string): string {
  if (text.trim() !== text || text.startsWith('.') || text.endsWith('.')) {
    throw new Error(
      `"${text}" is not a claim. Give its name, such as roles or https://example.org/roles, or its path, such as realm_access.roles.`,
    );
  }
  return text;
}

function parseDiscovered(text: string): null {
  try {
    const { search, hash } = parseIssuerUrl(text);
    if (search !== '' || hash !== '') throw new Error(`"${text}" has a query or a fragment.`);
  } catch (error) {
    throw new Error(
      `${(error as Error).message} The issuer's keys are discovered at its address: give it as tokens have it in "iss", or set AUTH_JWKS_URL too.`,
      { cause: error },
    );
  }
  return null;
}

function parseRoleMap(text: string): RoleMap {
  const map = new Map<string, Role[]>();
  for (const pair of text.split(',')) {
    const end = pair.lastIndexOf('=');
    const from = pair.slice(0, Math.max(end, 0)).trim();
    const to = pair.slice(end + 1).trim();
    const role = roles.find((known) => known === to);
    if (from === '' || (role === undefined && to !== '')) {
      throw new Error(
        `"${pair.trim()}" does not map a name to a role. Give pairs such as desk-lead=lead,desk-engineer=engineer, with the roles ${roles.join(', ')}; "name=" leaves a name without a role.`,
      );
    }
    map.set(from, [...(map.get(from) ?? []), ...(role === undefined ? [] : [role])]);
  }
  return map;
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (!/^\d+$/.test(text) || seconds > 300) {
    throw new Error(`"${text}" is not a whole number of seconds from 0 to 300.`);
  }
  return seconds;
}
