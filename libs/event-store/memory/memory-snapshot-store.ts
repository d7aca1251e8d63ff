import type { Snapshot, SnapshotStore } from '../snapshots.js';

/** Snapshots in memory, for tests. */
export class MemorySnapshotStore implements SnapshotStore {
  readonly #snapshots = new Map<string, Snapshot>();

  load(stream: string): Snapshot | null {
    return this.#snapshots.get(stream) ?? null;
  }

  save(stream: string, snapshot: Snapshot): void {
    this.#snapshots.set(stream, snapshot);
  }

  close(): void {
    this.#snapshots.clear();
  }
}
