/** Names a consumer: leases and checkpoints belong to one version of it. */
export interface ConsumerIdentity {
  readonly name: string;
  readonly version: number;
}

/**
 * Leases decide which of several processes does work that only one may do, such as writing a
 * projection. They compare no clocks: a process on standby watches for renewals. The right to write
 * depends on the lease's token, which the store checks with every write.
 */
export interface Leases {
  /** All current leases. */
  all(): Promise<readonly LeaseRecord[]>;
  /** Renews all leases of a holder, and returns all leases. */
  renew(holder: string): Promise<readonly LeaseRecord[]>;
  /**
   * Takes a lease if it is unchanged since it was seen; `null` stands for a new one.
   *
   * @returns null if it has changed: another process took it, or its holder renewed it.
   */
  take(of: ConsumerIdentity, holder: string, seen: LeaseRecord | null): Promise<Lease | null>;
  /** Releases a lease, so that another process can take it at once. A repeat is harmless. */
  release(lease: Lease): Promise<void>;
}

/** A held lease. */
export interface Lease extends ConsumerIdentity {
  /** Increases each time the lease is taken. */
  readonly token: number;
}

/** The stored state of a lease. */
export interface LeaseRecord extends Lease {
  /** The number of renewals since it was taken. */
  readonly renewals: number;
  /** Null after a release. */
  readonly holder: string | null;
}

/** Another process has taken the lease, so this one is on standby. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
  constructor({ name, token }: Lease) {
    super(`Another process has taken the lease of ${name} after this one (token ${token}).`);
  }
}
