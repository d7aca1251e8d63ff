import type { Actor, Role } from '../decision.js';
import type { EngineerState } from '../engineer/state.js';

const actor = (id: string, tenant: string | null, ...roles: Role[]): Actor => ({
  id,
  tenant,
  roles,
});

/** The customer who raised the tickets of the histories. */
export const alice = actor('alice', 'acme', 'customer');
/** A customer of the same organisation, who still sees no tickets but his own. */
export const mallory = actor('mallory', 'acme', 'customer');
/** Somebody of another organisation who happens to have the requester's id. */
export const otherAlice = actor('alice', 'globex', 'customer');
/** An owner, and the handler where somebody has taken the ticket. */
export const bob = actor('bob', null, 'engineer');
/** The other owner. */
export const carol = actor('carol', null, 'engineer');
/** An engineer to whom the tickets were not dispatched. */
export const dave = actor('dave', null, 'engineer');
export const lena = actor('lena', null, 'lead');
export const anna = actor('anna', null, 'admin');
export const audra = actor('audra', null, 'auditor');
export const rita = actor('rita', null, 'reporter');
export const petra = actor('petra', null, 'privacy_officer');
export const system = actor('service-tickets', null, 'system');

/** One person of each role, and a few more, by name. */
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

/** Those who may open alice's tickets. */
export const viewers: readonly Person[] = [
  'alice',
  'bob',
  'carol',
  'dave',
  'lena',
  'audra',
  'system',
];

/** For tables: everybody who may open the ticket, except these. */
export const everybodyBut = (...names: readonly Person[]): Person[] =>
  viewers.filter((name) => !names.includes(name));

/** For tables: those to whom alice's tickets do not exist, and who may change nothing at the desk. */
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

/** What the command side looks up of engineers. `gus` has left, `nobody` never was. */
export const engineers = {
  bob: engineer('bob'),
  carol: engineer('carol'),
  dave: engineer('dave'),
  lena: engineer('lena'),
  gus: engineer('gus', 'inactive'),
  nobody: { state: 'none' },
} as const satisfies Record<string, EngineerState>;
