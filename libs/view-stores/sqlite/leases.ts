import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import {
  LeaseLost,
  type Lease,
  type LeaseRecord,
  type Leases,
  type ConsumerIdentity,
} from '#consuming/lease.js';
import { attempt } from './attempt.js';

/** Rows are never deleted, so that tokens never start over. */
export const LEASES_SCHEMA = `
  CREATE TABLE IF NOT EXISTS leases (
    projection TEXT NOT NULL,
    version INTEGER NOT NULL,
    token INTEGER NOT NULL,
    renewals INTEGER NOT NULL,
    holder TEXT,
    PRIMARY KEY (projection, version)
  ) STRICT, WITHOUT ROWID;`;

/** The leases in the read models' file, which the processes of one machine share. */
export class SqliteLeases implements Leases {
  constructor(private readonly database: DatabaseSyncInstance) {}

  all(): Promise<readonly LeaseRecord[]> {
    return attempt(() => this.#all());
  }

  renew(holder: string): Promise<readonly LeaseRecord[]> {
    return attempt(() => {
      const all = this.#all();
      // Processes on standby write nothing.
      if (!all.some((lease) => lease.holder === holder)) return all;
      this.database
        .prepare('UPDATE leases SET renewals = renewals + 1 WHERE holder = ?')
        .run(holder);
      return this.#all();
    });
  }

  take(of: ConsumerIdentity, holder: string, seen: LeaseRecord | null): Promise<Lease | null> {
    const { name, version } = of;
    return attempt(() => {
      const taken = (
        seen === null
          ? this.database
              .prepare(
                `INSERT INTO leases (projection, version, token, renewals, holder)
                 VALUES (?, ?, 1, 0, ?) ON CONFLICT DO NOTHING RETURNING token`,
              )
              .get(name, version, holder)
          : this.database
              .prepare(
                `UPDATE leases SET token = token + 1, renewals = 0, holder = ?
                 WHERE projection = ? AND version = ? AND token = ? AND renewals = ?
                 RETURNING token`,
              )
              .get(holder, name, version, seen.token, seen.renewals)
      ) as { token: number } | undefined;
      return taken === undefined ? null : { name, version, token: taken.token };
    });
  }

  release({ name, version, token }: Lease): Promise<void> {
    return attempt(() => {
      this.database
        .prepare(
          'UPDATE leases SET holder = NULL WHERE projection = ? AND version = ? AND token = ?',
        )
        .run(name, version, token);
    });
  }

  #all(): LeaseRecord[] {
    const all = 'SELECT projection AS name, version, token, renewals, holder FROM leases';
    return (this.database.prepare(all).all() as LeaseRecord[]).map((lease) => ({ ...lease }));
  }
}

/**
 * Checks a lease within the transaction that writes: while that is open, no other process can take
 * the lease.
 *
 * @throws LeaseLost
 */
export function requireLease(database: DatabaseSyncInstance, lease: Lease): void {
  const statement = database.prepare(
    'SELECT 1 FROM leases WHERE projection = ? AND version = ? AND token = ?',
  );
  if (statement.get(lease.name, lease.version, lease.token) === undefined)
    throw new LeaseLost(lease);
}
