import { setTimeout } from 'node:timers/promises';
import { beforeEach, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { START, type Position } from '#event-store/event-store.js';
import { CopyMoved, type ViewStore, type WritableCopy } from '../view-store.js';
import { aNote, liveCopy, notes, writeNotes, type Note } from '#projections/testing/notes.js';
import { openedAt, type Place } from '#consuming/testing/opened.js';
import { leaseOf, openCopy } from '#consuming/testing/leases.js';
import { at } from '#consuming/testing/checkpoints.js';

const poison = { stream: 'note-z', revision: 1, position: 2n, type: 'NoteChanged', error: 'No.' };

export function writing(newPlace: () => Place): void {
  const open = openedAt(newPlace);
  let store: ViewStore;
  let copy: WritableCopy<Note>;
  beforeEach(async () => {
    store = await open();
    copy = await liveCopy(store, {}, 0n);
  });

  const tagged = async (tag: string): Promise<string[]> => {
    const found = await store.reader(notes).find({
      where: [{ list: 'tags', has: [tag] }],
      sort: { field: 'at', descending: false },
      limit: 1_000,
    });
    return found.map(({ id }) => id);
  };
  /** The copy as the same projector sees it in a newly opened store. */
  const reopened = async () => {
    const again = await (await open()).openForWriting(notes, await leaseOf(store, notes));
    return { checkpoint: again.checkpoint, load: (...ids: string[]) => again.load(ids) };
  };

  /** Waits as a query does. */
  async function waitUntilWritten(reading: ViewStore, position: Position): Promise<void> {
    const reader = reading.reader(notes);
    for (;;) {
      const wait = reading.waitForWrite(10_000);
      if ((await reader.checkpoint()) >= position) {
        wait.end();
        return;
      }
      await wait.ended;
    }
  }

  it('starts empty, before the first event', async () => {
    const fresh = await openCopy(store, { ...notes, name: 'others' });
    expect(fresh.checkpoint.position).toBe(START);
    expect(fresh.live).toBe(false);
    expect(await fresh.load(['a'])).toStrictEqual(new Map());
  });

  it('stores documents, and omits missing ones', async () => {
    await writeNotes(copy, { a: aNote({ text: 'A' }), b: aNote({ tags: ['x'] }) }, 1n);
    expect(await copy.load(['b', 'none', 'a'])).toStrictEqual(
      new Map([
        ['a', aNote({ text: 'A' })],
        ['b', aNote({ tags: ['x'] })],
      ]),
    );
    expect(await copy.load([])).toStrictEqual(new Map());
  });

  it('soon ends the waits of queries, also of those in other processes', async () => {
    const stores = [store, await open()];
    const latenciesMs: number[] = [];
    for (const position of [1n, 2n, 3n, 4n, 5n]) {
      const waiting = stores.map((one) => waitUntilWritten(one, position));
      await setTimeout(100);
      await writeNotes(copy, { a: aNote() }, position);
      const written = performance.now();
      await Promise.all(waiting);
      latenciesMs.push(performance.now() - written);
    }
    expect(latenciesMs.filter((latency) => latency < 500).length).toBeGreaterThanOrEqual(3);
  });

  it('replaces documents', async () => {
    await writeNotes(copy, { a: aNote({ text: 'first', rank: 1 }), b: aNote() }, 1n);
    await writeNotes(copy, { a: aNote({ state: 'closed' }) }, 2n);
    expect(await store.reader(notes).get('a')).toStrictEqual(aNote({ state: 'closed' }));
    expect(await store.reader(notes).get('b')).toStrictEqual(aNote());
  });

  it('removes documents', async () => {
    await writeNotes(copy, { a: aNote({ tags: ['x'] }), b: aNote({ tags: ['x'] }) }, 1n);
    await writeNotes(copy, { a: null, none: null }, 2n);
    expect(await store.reader(notes).get('a')).toBeNull();
    expect(await tagged('x')).toStrictEqual(['b']);
    // A document that is added again under the same id keeps nothing of the old one.
    await writeNotes(copy, { a: aNote({ tags: ['y'] }) }, 3n);
    expect(await tagged('x')).toStrictEqual(['b']);
    expect(await tagged('y')).toStrictEqual(['a']);
  });

  it('stores the checkpoint with the documents', async () => {
    await writeNotes(copy, { a: aNote() }, 7n);
    expect(copy.checkpoint.position).toBe(7n);
    expect(await store.reader(notes).checkpoint()).toBe(7n);
    expect((await reopened()).checkpoint.position).toBe(7n);
  });

  it('moves the checkpoint alone if no document changes', async () => {
    await writeNotes(copy, { a: aNote() }, 7n);
    await copy.write([], at(9_007_199_254_740_991n));
    expect((await reopened()).checkpoint.position).toBe(9_007_199_254_740_991n);
  });

  /** A write that fails halfway: its last document cannot be stored. */
  const failingWrite = async (): Promise<void> => {
    await writeNotes(copy, { a: aNote({ tags: ['x'] }) }, 1n);
    const endless: { self?: object } = {};
    endless.self = endless;
    const write = async () =>
      copy.write(
        [
          { id: 'a', before: aNote({ tags: ['x'] }), after: aNote({ tags: ['y'] }) },
          { id: 'b', before: null, after: aNote() },
          { id: 'c', before: null, after: { ...aNote(), text: endless as never } },
        ],
        at(2n),
        { park: [poison], release: [] },
      );
    await expect(write()).rejects.toThrow();
    // The copy is unchanged.
    expect(copy.checkpoint.position).toBe(1n);
    expect((await reopened()).checkpoint.position).toBe(1n);
  };

  it('writes all or nothing, the checkpoint included', async () => {
    await failingWrite();
    const { load } = await reopened();
    expect(await load('a', 'b', 'c')).toStrictEqual(new Map([['a', aNote({ tags: ['x'] })]]));
    expect(await tagged('y')).toStrictEqual([]);
    expect(await copy.parked()).toStrictEqual(new Map());
  });

  it('can repeat a write that failed halfway', async () => {
    await failingWrite();
    await writeNotes(copy, { a: aNote({ tags: ['y'] }), b: aNote(), c: aNote() }, 2n);
    const { checkpoint, load } = await reopened();
    expect(checkpoint.position).toBe(2n);
    expect(await load('a', 'b', 'c')).toStrictEqual(
      new Map([
        ['a', aNote({ tags: ['y'] })],
        ['b', aNote()],
        ['c', aNote()],
      ]),
    );
    expect(await tagged('x')).toStrictEqual([]);
    expect(await tagged('y')).toStrictEqual(['a']);
  });

  it('is refused after another projector has written, even at the same checkpoint', async () => {
    await writeNotes(copy, { a: aNote() }, 1n);
    const other = await openCopy(await open(), notes);
    await writeNotes(other, { a: aNote({ text: 'theirs' }) }, 1n);
    const late = () => writeNotes(copy, { a: aNote({ text: 'ours' }) }, 2n);
    await expect(late()).rejects.toThrow(CopyMoved);
    expect(await store.reader(notes).get('a')).toStrictEqual(aNote({ text: 'theirs' }));
    expect((await reopened()).checkpoint.position).toBe(1n);
  });

  it('is refused to a projector that was overtaken, and writes nothing', async () => {
    const other = await openCopy(await open(), notes);
    await writeNotes(other, { a: aNote({ text: 'theirs' }) }, 5n);
    const late = () => writeNotes(copy, { a: aNote({ text: 'ours' }), b: aNote() }, 9n);
    await expect(late()).rejects.toThrow(CopyMoved);
    await expect(late()).rejects.toThrow(CopyMoved);
    expect(await store.reader(notes).checkpoint()).toBe(5n);
    expect(await other.load(['a', 'b'])).toStrictEqual(new Map([['a', aNote({ text: 'theirs' })]]));
    // The other projector continues.
    await writeNotes(other, { b: aNote() }, 6n);
  });

  it('is idempotent', async () => {
    const documents = { a: aNote({ tags: ['x', 'y'] }), b: aNote({ tags: ['x'] }) };
    await writeNotes(copy, documents, 1n);
    for (const checkpoint of [1n, 2n]) await writeNotes(copy, documents, checkpoint);
    // A document delivered again without its earlier state, as after a crash.
    await copy.write([{ id: 'a', before: null, after: documents.a }], at(3n));
    expect(await tagged('x')).toStrictEqual(['a', 'b']);
    expect(await copy.load(['a', 'b'])).toStrictEqual(new Map(Object.entries(documents)));
  });

  it('stores documents unchanged, with any content', async () => {
    const strange = aNote({
      text: 'Grüße, 你好, 𝒳🎫 \u0000\u001f\u2028\\" \ufffe',
      state: '"; DROP TABLE copies; --',
      tags: ['Ünï', '🎫', "'", '%_', ''],
      rank: 1.5e-7,
    });
    const ids = ['ticket-🎫', "it's", '"', '%', 'ÄÖ', ''];
    await writeNotes(copy, Object.fromEntries(ids.map((id) => [id, strange])), 1n);
    for (const id of ids) expect(await store.reader(notes).get(id)).toStrictEqual(strange);
    for (const tag of strange.tags) expect((await tagged(tag)).sort()).toStrictEqual(ids.sort());
    expect(await tagged('ünï')).toStrictEqual([]);
  });

  it('stores large documents, and many at once', async () => {
    const large = aNote({
      text: 'ä🎫'.repeat(500_000),
      tags: Array.from({ length: 2_000 }, (_, n) => `tag${n}`),
    });
    await writeNotes(copy, { large }, 1n);
    expect((await copy.load(['large'])).get('large')).toStrictEqual(large);
    expect(await tagged('tag1999')).toStrictEqual(['large']);
    const many = Object.fromEntries(Array.from({ length: 1_200 }, (_, n) => [`n${n}`, aNote()]));
    await writeNotes(copy, many, 2n);
    expect((await copy.load(Object.keys(many))).size).toBe(1_200);
  });

  it('behaves like a map of documents, for any writes', async () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd');
    const tags = fc.uniqueArray(fc.constantFrom('x', 'y', 'z', 'ÿ'));
    const note = tags.map((given) => aNote({ tags: given }));
    const writes = fc.array(fc.dictionary(id, fc.option(note), { maxKeys: 4 }), { maxLength: 8 });
    let checkpoint = 1n;
    await fc.assert(
      fc.asyncProperty(writes, async (given) => {
        await writeNotes(copy, { a: null, b: null, c: null, d: null }, checkpoint++);
        const model: Record<string, Note | null> = {};
        for (const documents of given) {
          await writeNotes(copy, documents, checkpoint++);
          Object.assign(model, documents);
        }
        for (const tag of ['x', 'y', 'z', 'ÿ']) {
          const expected = Object.keys(model).filter((key) => model[key]?.tags.includes(tag));
          expect(await tagged(tag)).toStrictEqual(expected.sort());
        }
      }),
      { numRuns: 50 },
    );
  });
}
