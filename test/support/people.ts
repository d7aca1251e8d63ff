import type { Actor } from '#ticketing/decision.js';
import { signToken } from '#platform/authentication/sign-token.js';

interface Person {
  readonly sub: string;
  readonly roles: readonly string[];
  readonly tenant?: string;
}

/** The people of the tests. Tickets belong to alice; bob and carol own their service. */
export const people = {
  alice: { sub: 'alice', tenant: 'acme', roles: ['customer'] },
  /** A customer of the same organisation. */
  mallory: { sub: 'mallory', tenant: 'acme', roles: ['customer'] },
  /** A customer of another organisation with alice's id. */
  otherAlice: { sub: 'alice', tenant: 'globex', roles: ['customer'] },
  bob: { sub: 'bob', roles: ['engineer'] },
  carol: { sub: 'carol', roles: ['engineer'] },
  /** An engineer who owns no service. */
  dave: { sub: 'dave', roles: ['engineer'] },
  lena: { sub: 'lena', roles: ['lead'] },
  anna: { sub: 'anna', roles: ['admin'] },
  audra: { sub: 'audra', roles: ['auditor'] },
  rita: { sub: 'rita', roles: ['reporter'] },
  petra: { sub: 'petra', roles: ['privacy_officer'] },
  /** A person with a token, but without a role. */
  norma: { sub: 'norma', tenant: 'acme', roles: [] },
} as const satisfies Record<string, Person>;
export type Name = keyof typeof people;

export const names = Object.keys(people) as Name[];
export const namesBut = (...left: readonly Name[]): Name[] =>
  names.filter((name) => !left.includes(name));

/** A person as the domain knows them. */
export function actorOf(name: Name): Actor {
  const person = people[name];
  return {
    id: person.sub,
    tenant: 'tenant' in person ? person.tenant : null,
    roles: person.roles,
  };
}

/** Tokens of all people, signed with the key in a service's data folder. */
export async function tokensOf(folder: string): Promise<Readonly<Record<Name, string>>> {
  const tokens = await Promise.all(names.map((name) => tokenFor(folder, people[name])));
  return Object.fromEntries(names.map((name, index) => [name, tokens[index]])) as Record<
    Name,
    string
  >;
}

export const tokenFor = (folder: string, person: Person, ttl = '2h'): Promise<string> =>
  signToken(folder, { ...person, ttl });
