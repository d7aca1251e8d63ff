import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Snapshot, SnapshotStore } from './snapshots.js';

/** A snapshot at a revision, with any state. */
export const aSnapshot = (revision: number, state: Snapshot['state'] = { revision }): Snapshot => ({
  version: 1,
  head: { revision, hash: 'ab'.repeat(32) },
  state,
});

/** The contract of every snapshot store. */
export function describeSnapshotStore(name: string, open: () => SnapshotStore): void {
  describe(`the snapshots ${name}`, () => {
    let store: SnapshotStore;
    beforeEach(() => {
      store = open();
    });
    afterEach(() => {
      store.close();
    });

    it('are null for a stream without a snapshot', () => {
      expect(store.load('nothing')).toBeNull();
    });

    it('are loaded as they were saved', () => {
      const snapshot = aSnapshot(100, {
        texts: ['Grüße', '你好', '🎫', '\u0000"\\'],
        nested: { '10': [1.5, null, true], '': {} },
      });
      store.save('odd', snapshot);
      expect(store.load('odd')).toStrictEqual(snapshot);
    });

    it('replace older ones', () => {
      store.save('a', aSnapshot(100));
      store.save('a', { ...aSnapshot(200), version: 2 });
      expect(store.load('a')).toStrictEqual({ ...aSnapshot(200), version: 2 });
    });

    it('are separate for each stream', () => {
      store.save('a', aSnapshot(100));
      store.save('b', aSnapshot(200));
      expect(store.load('a')?.head.revision).toBe(100);
      expect(store.load('b')?.head.revision).toBe(200);
      expect(store.load('A')).toBeNull();
    });
  });
}
