import type { Json, StreamHead } from './event-store.js';

/** A folded state at a revision. It saves reading what went before, and may be thrown away. */
export interface Snapshot {
  /** The version of the state's shape: a snapshot of another one is not used. */
  readonly version: number;
  /** The last event folded in: its revision, and its hash to check the snapshot against the log. */
  readonly head: StreamHead;
  readonly state: Json;
}

/** Keeps snapshots as well as it can. It never throws: without them everything is as right, only slower. */
export interface SnapshotStore {
  load(stream: string): Snapshot | null;
  save(stream: string, snapshot: Snapshot): void;
  close(): void;
}
