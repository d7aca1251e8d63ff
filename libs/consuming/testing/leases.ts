import { randomUUID } from 'node:crypto';
import type { Projection } from '#projections/projection.js';
import type { Lease, LeaseRecord, ConsumerIdentity } from '../lease.js';
import type { ViewStore, WritableCopy } from '#view-stores/view-store.js';

/** The stored state of a lease; null if it was never taken. */
export async function leaseRecord(
  { leases }: ViewStore,
  { name, version }: ConsumerIdentity,
): Promise<LeaseRecord | null> {
  const all = await leases.renew('nobody');
  return all.find((lease) => lease.name === name && lease.version === version) ?? null;
}

/** Takes a lease from its holder, as if that process were dead. */
export async function takeOver(store: ViewStore, of: ConsumerIdentity): Promise<Lease> {
  for (;;) {
    const taken = await store.leases.take(of, randomUUID(), await leaseRecord(store, of));
    if (taken !== null) return taken;
  }
}

const held = new WeakMap<ViewStore, Map<string, Lease>>();

/**
 * The lease of a store's process; taken over if it has none, or has lost it. So two stores that write
 * alternately act as two processes that take over from each other.
 */
export async function leaseOf(store: ViewStore, of: ConsumerIdentity): Promise<Lease> {
  const leases = held.get(store) ?? new Map<string, Lease>();
  held.set(store, leases);
  const key = `${of.name} v${of.version}`;
  const lease = leases.get(key);
  if (lease !== undefined && (await leaseRecord(store, of))?.token === lease.token) return lease;
  const taken = await takeOver(store, of);
  leases.set(key, taken);
  return taken;
}

/** Opens a copy like the projector of a store's process. */
export const openCopy = async <View>(
  store: ViewStore,
  projection: Projection<View>,
): Promise<WritableCopy<View>> =>
  store.openForWriting(projection, await leaseOf(store, projection));

/** Opens the rebuild of the live copy for the projector of a store's process; null if there is none. */
export const openRebuild = async <View>(
  store: ViewStore,
  projection: Projection<View>,
): Promise<WritableCopy<View> | null> =>
  store.openRebuild(projection, await leaseOf(store, projection));
