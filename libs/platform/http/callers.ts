import { isIPv6 } from 'node:net';
import type { Actor } from '#ticketing/decision.js';
import type { Allowance, HttpLimits } from '../http-limits.js';

/** Someone whose requests are counted together. */
export interface Party {
  /** The name of the limit, as in the header `RateLimit`. */
  readonly kind: 'customer' | 'staff' | 'tenant' | 'address';
  /** Unique among all parties. */
  readonly key: string;
  readonly allowance: Allowance;
}

/** Verified tokens are cached with their actors, so that an actor's parties are made once. */
const partiesOfActors = new WeakMap<Actor, readonly Party[]>();

/**
 * Those who are behind a request: a verified actor and the customer's tenant, or an address. Nothing
 * that a caller writes into a header makes another party.
 *
 * @param actor - undefined if the request has no valid token
 */
export function partiesOf(
  actor: Actor | undefined,
  address: string,
  limits: HttpLimits,
): readonly Party[] {
  if (actor === undefined) {
    const key = `address ${networkOf(address)}`;
    return [{ kind: 'address', key, allowance: limits.address }];
  }
  let parties = partiesOfActors.get(actor);
  if (parties === undefined) partiesOfActors.set(actor, (parties = partiesOfActor(actor, limits)));
  return parties;
}

function partiesOfActor({ id, tenant, roles }: Actor, limits: HttpLimits): readonly Party[] {
  const kind = roles.some((role) => role !== 'customer') ? 'staff' : 'customer';
  const key = `actor ${JSON.stringify([tenant, id])}`;
  const person: Party = { kind, key, allowance: limits[kind] };
  if (kind === 'staff' || tenant === null) return [person];
  return [person, { kind: 'tenant', key: `tenant ${tenant}`, allowance: limits.tenant }];
}

/** An IPv4 address, or the network of an IPv6 address: one host has all addresses of a /64. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('%', 1)[0]?.split('::') ?? [];
  const groups = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Math.max(0, 8 - groups.length - after.length);
  const all = [...groups, ...Array.from({ length: zeros }, () => '0'), ...after];
  return all
    .slice(0, 4)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':');
}
