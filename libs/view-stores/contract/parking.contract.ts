import { beforeEach, expect, it } from '@jest/globals';
import { CopyMoved, type PoisonEvent, type ViewStore, type WritableCopy } from '../view-store.js';
import { aNote, liveCopy, notes, writeNotes, type Note } from '#projections/testing/notes.js';
import { openedAt, type Place } from '#consuming/testing/opened.js';
import { openCopy, openRebuild } from '#consuming/testing/leases.js';
import { at } from '#consuming/testing/checkpoints.js';

const poison = (stream: string, change: Partial<PoisonEvent> = {}): PoisonEvent => ({
  stream,
  revision: 3,
  position: 7n,
  type: 'NoteChanged',
  error: 'It makes no sense: „ß" 🎫',
  ...change,
});

export function parking(newPlace: () => Place): void {
  const open = openedAt(newPlace);
  let store: ViewStore;
  let copy: WritableCopy<Note>;
  beforeEach(async () => {
    store = await open();
    copy = await liveCopy(store, {}, 1n);
  });

  const parkedNow = async () => {
    const { live } = await (await open()).status(notes);
    return new Map(live?.parked.map(({ stream, retry }) => [stream, retry]));
  };

  it('stores the failure of a stream with the copy', async () => {
    expect(await copy.parked()).toStrictEqual(new Map());
    const [first, second] = [poison('note-a'), poison('note-🎫/$.b', { position: 2n ** 53n - 1n })];
    await copy.write([{ id: 'c', before: null, after: aNote() }], at(8n), {
      park: [second, first],
      release: [],
    });
    const expected = [
      ['note-a', { ...first, retry: false }],
      ['note-🎫/$.b', { ...second, retry: false }],
    ] as const;
    expect(await copy.parked()).toStrictEqual(new Map(expected));
    const again = await openCopy(await open(), notes);
    expect(await again.parked()).toStrictEqual(new Map(expected));
    expect(again.checkpoint.position).toBe(8n);
    // The status lists them in the order of the log.
    const { live } = await store.status(notes);
    expect(live?.parked).toStrictEqual(expected.map(([, one]) => one));
  });

  it('releases streams together with their pending changes, and no others', async () => {
    await copy.write([], at(8n), { park: [poison('note-a'), poison('note-b')], release: [] });
    await copy.write([{ id: 'a', before: null, after: aNote() }], at(8n), {
      park: [],
      release: ['note-a', 'note-none'],
    });
    expect(await parkedNow()).toStrictEqual(new Map([['note-b', false]]));
    expect(await store.reader(notes).get('a')).toStrictEqual(aNote());
  });

  it('parks a stream again at its new failure', async () => {
    await copy.write([], at(8n), { park: [poison('note-a')], release: [] });
    await store.requestRetry(notes);
    const again = poison('note-a', { revision: 5, position: 9n, error: 'Again.' });
    await copy.write([], at(9n), { park: [again], release: [] });
    expect(await copy.parked()).toStrictEqual(new Map([['note-a', { ...again, retry: false }]]));
  });

  it('stores nothing for a projector that was replaced', async () => {
    await copy.write([], at(2n), { park: [poison('note-b')], release: [] });
    const other = await openCopy(await open(), notes);
    await other.write([], at(3n));
    const late = async () =>
      copy.write([], at(8n), { park: [poison('note-a')], release: ['note-b'] });
    await expect(late()).rejects.toThrow(CopyMoved);
    expect(await parkedNow()).toStrictEqual(new Map([['note-b', false]]));
  });

  it('marks the streams of the live copy for a retry', async () => {
    await copy.write([], at(2n), { park: [poison('note-a'), poison('note-b')], release: [] });
    await store.requestRebuild(notes);
    const rebuild = await openRebuild(store, notes);
    await rebuild?.write([], at(2n), { park: [poison('note-a')], release: [] });
    await (await open()).requestRetry(notes);
    expect(await parkedNow()).toStrictEqual(
      new Map([
        ['note-a', true],
        ['note-b', true],
      ]),
    );
    expect((await rebuild?.parked())?.get('note-a')?.retry).toBe(false);
  });

  it('marks nothing for a retry without parked streams or a live copy', async () => {
    await store.requestRetry(notes);
    expect(await copy.parked()).toStrictEqual(new Map());
    await store.requestRetry({ name: 'others', version: 1 });
    await store.requestRetry({ ...notes, version: 2 });
    expect(await store.status({ name: 'others', version: 1 })).toStrictEqual({
      live: null,
      rebuild: null,
    });
  });

  it('belongs to one copy and is removed with it', async () => {
    await copy.write([], at(2n), { park: [poison('note-a')], release: [] });
    await store.requestRebuild(notes);
    const rebuild = await openRebuild(store, notes);
    expect(await rebuild?.parked()).toStrictEqual(new Map());
    await rebuild?.goLive();
    expect(await parkedNow()).toStrictEqual(new Map());
    await writeNotes(await openCopy(store, notes), { a: aNote() }, 3n);
    expect((await store.status(notes)).live?.parked).toStrictEqual([]);
  });
}
