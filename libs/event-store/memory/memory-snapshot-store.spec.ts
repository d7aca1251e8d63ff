import { describeSnapshotStore } from '../snapshots.contract.js';
import { MemorySnapshotStore } from './memory-snapshot-store.js';

describeSnapshotStore('in memory', () => new MemorySnapshotStore());
