import type { Actor, Role } from '../decision.js';
import type { EngineerState } from '../engineer/state.js';

const actor = (id: string, tenant: string | null, ...roles: Role[]): Actor => ({
  id,
  tenant,
  roles,
});

/** The requester of the tickets in the histories. */
export const alice = actor('alice', 'acme', 'customer');
/** A customer of the same organisation. */
export const mallory = actor('mallory', 'acme', 'customer');
/** A person of another organisation with the requester's id. */
export const otherAlice = actor('alice', 'globex', 'customer');
/** An owner, and the handler of tickets that have one. */
export const bob = actor('bob', null, 'engineer');
/** The second owner. */
export const carol = actor('carol', null, 'engineer');
/** An engineer who is not an owner. */
export const dave = actor('dave', null, 'engineer');
export const lena = actor('lena', null, 'lead');
export const anna = actor('anna', null, 'admin');
export const audra = actor('audra', null, 'auditor');
export const rita = actor('rita', null, 'reporter');
export const petra = actor('petra', null, 'privacy_officer');
export const system = actor('service-tickets', null, 'system');

/** One person of each role and a few more, by name. */
export const people = {
  alice,
  bob,
  carol,
  dave,
  lena,
  anna,
  audra,
  rita,
  petra,
  system,
} as const;
export type Person = keyof typeof people;

/** The people who may open alice's tickets. */
export const viewers: readonly Person[] = [
  'alice',
  'bob',
  'carol',
  'dave',
  'lena',
  'audra',
  'system',
];

/** The people who may open the ticket, except these. For tables of tests. */
export const everybodyBut = (...names: readonly Person[]): Person[] =>
  viewers.filter((name) => !names.includes(name));

/** The people who may not see alice's tickets nor change the desk. For tables of tests. */
export const strangers: [string, Actor][] = [
  ['another customer of the same organisation', mallory],
  ['a customer of another organisation with the same id', otherAlice],
  ['an actor without any role', actor('nobody', 'acme')],
  ['a reporter', rita],
  ['a privacy officer', petra],
  ['a customer who is also a reporter', actor('mallory', 'acme', 'customer', 'reporter')],
];

const engineer = (id: string, state: 'active' | 'inactive' = 'active'): EngineerState => ({
  state,
  engineerId: id,
  displayName: id,
  email: `${id}@operator.example`,
});

/** The states of engineers, as loaded with commands. `gus` has left, `nobody` never existed. */
export const engineers = {
  bob: engineer('bob'),
  carol: engineer('carol'),
  dave: engineer('dave'),
  lena: engineer('lena'),
  gus: engineer('gus', 'inactive'),
  nobody: { state: 'none' },
} as const satisfies Record<string, EngineerState>;
