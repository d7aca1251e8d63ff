import type { Json, StreamHead } from './event-store.js';

/** A folded state at a revision. It saves reading earlier events, and can be deleted at any time. */
export interface Snapshot {
  /** The version of the state's shape. A snapshot of another version is ignored. */
  readonly version: number;
  /** The last event folded in: its revision, and its hash to check the snapshot against the log. */
  readonly head: StreamHead;
  readonly state: Json;
}

/** Stores snapshots on a best-effort basis. It never throws: a missing snapshot only costs time. */
export abstract class SnapshotStore {
  abstract load(stream: string): Snapshot | null;
  abstract save(stream: string, snapshot: Snapshot): void;
  abstract close(): void;
}
