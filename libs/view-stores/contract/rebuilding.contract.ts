import { beforeEach, expect, it } from '@jest/globals';
import { START } from '#event-store/event-store.js';
import { present } from '#event-store/testing/present.js';
import { CopyMoved, type ViewStore, type WritableCopy } from '../view-store.js';
import { aNote, liveCopy, notes, writeNotes, type Note } from '#projections/testing/notes.js';
import { openedAt, type Place } from '#consuming/testing/opened.js';
import { openCopy, openRebuild } from '#consuming/testing/leases.js';
import { at } from '#consuming/testing/checkpoints.js';

export function rebuilding(newPlace: () => Place): void {
  const open = openedAt(newPlace);
  let store: ViewStore;
  beforeEach(async () => {
    store = await open();
  });

  const rebuildOf = async (asked = store): Promise<WritableCopy<Note>> => {
    await asked.requestRebuild(notes);
    return present(await openRebuild(asked, notes));
  };

  it('does not start without a live copy', async () => {
    await store.requestRebuild(notes);
    expect(await openRebuild(store, notes)).toBeNull();
    await openCopy(store, notes);
    await store.requestRebuild(notes);
    expect(await openRebuild(store, notes)).toBeNull();
    expect((await store.status(notes)).live).toBeNull();
  });

  it('does not exist before it is requested', async () => {
    await liveCopy(store, {});
    expect(await openRebuild(store, notes)).toBeNull();
    await store.requestRebuild({ ...notes, version: 2 });
    expect(await openRebuild(store, notes)).toBeNull();
  });

  it('starts empty, while the live copy continues', async () => {
    const live = await liveCopy(store, { a: aNote({ state: 'old' }) }, 4n);
    const rebuild = await rebuildOf();
    expect(rebuild.live).toBe(false);
    expect(rebuild.checkpoint.position).toBe(START);
    expect(await rebuild.load(['a'])).toStrictEqual(new Map());
    await writeNotes(rebuild, { a: aNote({ state: 'new' }), b: aNote() }, 9n);
    await writeNotes(live, { c: aNote({ state: 'old' }) }, 5n);
    const reader = (await open()).reader(notes);
    expect(await reader.checkpoint()).toBe(5n);
    expect(await reader.get('a')).toStrictEqual(aNote({ state: 'old' }));
    expect(await reader.get('b')).toBeNull();
    const again = await openCopy(await open(), notes);
    expect(again.live).toBe(true);
    expect(again.checkpoint.position).toBe(5n);
  });

  it('continues if it is requested again', async () => {
    await liveCopy(store, {});
    const first = await rebuildOf();
    await writeNotes(first, { a: aNote() }, 3n);
    const second = await rebuildOf(await open());
    expect(second.checkpoint.position).toBe(3n);
    expect(await second.load(['a'])).toStrictEqual(new Map([['a', aNote()]]));
    await writeNotes(second, { b: aNote() }, 4n);
    // Two projectors cannot both write to it.
    await expect((async () => first.write([], at(4n)))()).rejects.toThrow(CopyMoved);
  });

  it('is started once by concurrent requests', async () => {
    await liveCopy(store, {});
    const stores = [store, await open(), await open(), await open()];
    await Promise.all(stores.map((one) => one.requestRebuild(notes)));
    await writeNotes(present(await openRebuild(store, notes)), { a: aNote() }, 3n);
    for (const one of stores) expect((await openRebuild(one, notes))?.checkpoint.position).toBe(3n);
  });

  it('replaces the live copy, which then refuses writes', async () => {
    const old = await liveCopy(store, { a: aNote({ tags: ['old'] }), b: aNote() }, 4n);
    const rebuild = await rebuildOf();
    await writeNotes(rebuild, { a: aNote({ tags: ['new'] }) }, 4n);
    await rebuild.goLive();
    expect(rebuild.live).toBe(true);
    const reader = store.reader(notes);
    expect(await reader.get('b')).toBeNull();
    const isNew = [{ list: 'tags', has: ['new'] }];
    expect(await reader.count([], [], isNew)).toStrictEqual([
      { values: [], count: 1 },
      { values: [], count: 1 },
    ]);
    expect(await openRebuild(store, notes)).toBeNull();
    await expect((async () => old.write([], at(5n)))()).rejects.toThrow(CopyMoved);
    const next = await openCopy(store, notes);
    expect(next.live).toBe(true);
    expect(next.checkpoint.position).toBe(4n);
    await writeNotes(rebuild, { c: aNote() }, 5n);
  });

  it('cannot go live after it was dropped, and leaves the live copy alone', async () => {
    await liveCopy(store, {});
    const dropped = await rebuildOf();
    const newer = await openCopy(store, { ...notes, version: 2 });
    await newer.goLive();
    await expect((async () => dropped.goLive())()).rejects.toThrow(CopyMoved);
    expect((await store.status({ ...notes, version: 2 })).live).not.toBeNull();
    // A later copy is independent of the dropped one.
    const third = await openCopy(store, notes);
    await expect((async () => dropped.write([], at(1n)))()).rejects.toThrow(CopyMoved);
    expect(third.checkpoint.position).toBe(START);
    await third.write([], at(1n));
  });

  it('is dropped if the live copy goes live again, and its number is not reused', async () => {
    const live = await liveCopy(store, {});
    const dropped = await rebuildOf();
    await live.goLive();
    expect((await store.status(notes)).rebuild).toBeNull();
    await expect((async () => dropped.write([], at(1n)))()).rejects.toThrow(CopyMoved);
    const next = await rebuildOf();
    await expect((async () => dropped.write([], at(1n)))()).rejects.toThrow(CopyMoved);
    await expect((async () => dropped.goLive())()).rejects.toThrow(CopyMoved);
    expect((await openRebuild(store, notes))?.checkpoint.position).toBe(START);
    await next.write([], at(1n));
  });

  it('never leaves readers without an answer', async () => {
    await liveCopy(store, { a: aNote({ tags: ['x'] }) }, 1n);
    const reading = await open();
    const reader = reading.reader(notes);
    let reads = 0;
    let done = false;
    const readOn = async () => {
      while (!done) {
        const checkpoint = await reader.checkpoint();
        expect(checkpoint).toBeGreaterThanOrEqual(1n);
        expect(await reader.get('a')).not.toBeNull();
        const where = [{ list: 'tags', has: ['x'] }];
        const sort = { field: 'at', descending: false };
        expect(await reader.find({ where, sort, limit: 10 })).toHaveLength(1);
        expect(await reader.count(['state'], where)).toHaveLength(1);
        reads += 1;
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const readers = [readOn(), readOn(), readOn()];
    try {
      for (let round = 0; round < 8 || reads < 24; round++) {
        const rebuild = await rebuildOf();
        await writeNotes(rebuild, { a: aNote({ rank: round, tags: ['x'] }) }, 1n);
        await rebuild.goLive();
        expect(await store.reader(notes).get('a')).toMatchObject({ rank: round });
        await new Promise((resolve) => setImmediate(resolve));
      }
    } finally {
      done = true;
    }
    await Promise.all(readers);
  });
}
