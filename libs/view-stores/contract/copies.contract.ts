import { beforeEach, expect, it } from '@jest/globals';
import type { Projection } from '#projections/projection.js';
import { LeaseLost } from '#consuming/lease.js';
import { CopyMoved, ViewStoreUnavailable, type ViewStore } from '../view-store.js';
import { aNote, liveCopy, notes, writeNotes, type Note } from '#projections/testing/notes.js';
import { openedAt, type Place } from '#consuming/testing/opened.js';
import { present } from '#event-store/testing/present.js';
import { openCopy, openRebuild } from '#consuming/testing/leases.js';
import { at } from '#consuming/testing/checkpoints.js';

/** The next version of the notes, with other fields and lists. */
const newer: Projection<Note> = {
  ...notes,
  version: 2,
  fields: { text: ({ text }) => text ?? null, at: ({ at }) => at },
  lists: { labels: ({ tags }) => tags.map((tag) => `label:${tag}`) },
  indexes: [['text', 'at']],
};

const everything = { where: [], sort: { field: 'at', descending: false }, limit: 100 };

export function copies(newPlace: () => Place): void {
  const open = openedAt(newPlace);
  let store: ViewStore;
  beforeEach(async () => {
    store = await open();
  });

  it('answer nothing before they go live', async () => {
    const reader = store.reader(notes);
    const unavailable = async () => {
      await expect(reader.get('a')).rejects.toThrow(ViewStoreUnavailable);
      await expect(reader.find(everything)).rejects.toThrow(ViewStoreUnavailable);
      await expect(reader.checkpoint()).rejects.toThrow(ViewStoreUnavailable);
    };
    await unavailable();
    const copy = await openCopy(store, notes);
    await writeNotes(copy, { a: aNote() }, 1n);
    await unavailable();
    expect(copy.live).toBe(false);
    await copy.goLive();
    expect(copy.live).toBe(true);
    expect(await reader.get('a')).toStrictEqual(aNote());
    expect(await reader.checkpoint()).toBe(1n);
  });

  it('stay live when opened again', async () => {
    await liveCopy(store, { a: aNote() });
    const again = await open();
    expect((await openCopy(again, notes)).live).toBe(true);
    expect(await again.reader(notes).get('a')).toStrictEqual(aNote());
  });

  it('resume at their checkpoint, live or not', async () => {
    const copy = await openCopy(store, notes);
    await writeNotes(copy, { a: aNote() }, 4n);
    const again = await openCopy(await open(), notes);
    expect(again.live).toBe(false);
    expect(again.checkpoint.position).toBe(4n);
    expect(await again.load(['a'])).toStrictEqual(new Map([['a', aNote()]]));
    await writeNotes(again, { b: aNote() }, 5n);
    await again.goLive();
    expect(await store.reader(notes).find(everything)).toHaveLength(2);
  });

  it('of a new version are built while the old one answers, until they go live', async () => {
    const old = await liveCopy(store, { a: aNote({ state: 'old' }) });
    const copy = await openCopy(store, newer);
    expect(copy.live).toBe(false);
    expect(await copy.load(['a'])).toStrictEqual(new Map());
    await writeNotes(copy, { a: aNote({ text: 'new', tags: ['x'] }) }, 1n);

    // The old copy continues.
    await writeNotes(old, { b: aNote({ state: 'old' }) }, 2n);
    expect(await store.reader(notes).find(everything)).toHaveLength(2);
    await expect(store.reader(newer).get('a')).rejects.toThrow(ViewStoreUnavailable);

    await copy.goLive();
    await expect(store.reader(notes).get('a')).rejects.toThrow(ViewStoreUnavailable);
    expect(await store.reader(newer).find(everything)).toMatchObject([
      { id: 'a', view: aNote({ text: 'new', tags: ['x'] }) },
    ]);
    const byNewThings = [
      { field: 'text', in: ['new'] },
      { list: 'labels', has: ['label:x'] },
    ];
    expect(await store.reader(newer).find({ ...everything, where: byNewThings })).toHaveLength(1);
  });

  it('refuse writes after they were replaced', async () => {
    const old = await liveCopy(store, { a: aNote() });
    const copy = await openCopy(await open(), newer);
    await copy.goLive();
    await expect((async () => old.write([], at(2n)))()).rejects.toThrow(CopyMoved);
    const documents = [{ id: 'b', before: null, after: aNote() }];
    await expect((async () => old.write(documents, at(2n)))()).rejects.toThrow(CopyMoved);
    expect(await store.reader(newer).find(everything)).toStrictEqual([]);
  });

  it('of an earlier version are built beside those of a later one, which stay', async () => {
    await liveCopy(store, { a: aNote({ state: 'old' }) });
    const later = await openCopy(store, newer);
    await writeNotes(later, { a: aNote({ text: 'later' }) }, 7n);
    await later.goLive();
    const again = await openCopy(store, notes);
    expect(again.checkpoint.position).toBe(-1n);
    await writeNotes(again, { a: aNote({ state: 'again' }) }, 1n);
    await again.goLive();
    expect(await store.reader(notes).get('a')).toStrictEqual(aNote({ state: 'again' }));
    expect(await store.reader(newer).get('a')).toStrictEqual(aNote({ text: 'later' }));

    // The later version resumes where it stopped, and its next copy replaces all others.
    expect(await openCopy(store, newer)).toMatchObject({
      live: true,
      checkpoint: { position: 7n },
    });
    await store.requestRebuild(newer);
    await present(await openRebuild(store, newer)).goLive();
    await expect(store.reader(notes).get('a')).rejects.toThrow(ViewStoreUnavailable);
  });

  it('of different projections are independent', async () => {
    const others = { ...newer, name: 'others' };
    await liveCopy(store, { a: aNote() });
    const other = await openCopy(store, others);
    await writeNotes(other, { a: aNote({ text: 'another' }) }, 9n);
    await other.goLive();
    expect(await store.reader(notes).get('a')).toStrictEqual(aNote());
    expect(await store.reader(notes).checkpoint()).toBe(1n);
    expect(await store.reader(others).get('a')).toStrictEqual(aNote({ text: 'another' }));
    expect(await store.reader(others).checkpoint()).toBe(9n);
  });

  it('can go live twice', async () => {
    const copy = await liveCopy(store, { a: aNote() });
    await copy.goLive();
    await writeNotes(copy, { b: aNote() }, 2n);
    expect(await store.reader(notes).find(everything)).toHaveLength(2);
  });

  it('of many projections can be created concurrently, each by several projectors', async () => {
    const names = ['one', 'two', 'three', 'four', 'five'];
    const projectors = await Promise.all([open(), open(), open()]);
    const opened = await Promise.allSettled(
      projectors.flatMap((projector) =>
        names.map((name) => openCopy(projector, { ...notes, name })),
      ),
    );
    for (const one of opened) {
      if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(LeaseLost);
    }
    for (const name of names) {
      const copy = await openCopy(store, { ...notes, name });
      await writeNotes(copy, { a: aNote({ text: name }) }, 1n);
      await copy.goLive();
    }
    for (const name of names) {
      const reader = store.reader({ ...notes, name });
      expect(await reader.find(everything)).toMatchObject([
        { id: 'a', view: aNote({ text: name }) },
      ]);
    }
  });
}
