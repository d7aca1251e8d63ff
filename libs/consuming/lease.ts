/** Names a consumer: leases and checkpoints belong to one version of it. */
export interface ConsumerIdentity {
  readonly name: string;
  readonly version: number;
}

/**
 * Leases say which of several processes does what only one may do, such as writing a projection.
 * They know no clock: whoever waits for one watches whether it is renewed, for as long as it deems
 * right. So the right to write does not depend on a lease being unexpired, but on its token, which
 * the store checks with every write.
 */
export interface Leases {
  /** All leases as they are now. */
  all(): Promise<readonly LeaseRecord[]>;
  /** Renews all leases that a holder has, and answers all that there are, as they are then. */
  renew(holder: string): Promise<readonly LeaseRecord[]>;
  /**
   * Takes a lease, where it is as it was seen; `null` for one that nobody has had.
   *
   * @returns null where it is not so any more: another was faster, or its holder has renewed it.
   */
  take(of: ConsumerIdentity, holder: string, seen: LeaseRecord | null): Promise<Lease | null>;
  /** Lets go of a lease, so that another can take it at once. Again is harmless. */
  release(lease: Lease): Promise<void>;
}

/** What a holder has of its lease. */
export interface Lease {
  readonly of: ConsumerIdentity;
  /** Greater each time the lease is taken. */
  readonly token: number;
}

/** How a lease is. */
export interface LeaseRecord extends Lease {
  /** Counts the renewals since it was taken. */
  readonly renewals: number;
  /** Who has it; null where it was let go. */
  readonly holder: string | null;
}

/** Another has taken the lease: this process is one of those that stand by now. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
  constructor({ of: { name }, token }: Lease) {
    super(`Another process has taken the lease of ${name} after this one (token ${token}).`);
  }
}
