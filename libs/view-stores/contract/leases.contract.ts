import { beforeEach, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { present } from '#event-store/testing/present.js';
import { LeaseLost, type Lease } from '#consuming/lease.js';
import { CopyMoved, type ViewStore, type WritableCopy } from '../view-store.js';
import { leaseRecord, takeOver } from '#consuming/testing/leases.js';
import { aNote, notes, writeNotes, type Note } from '#projections/testing/notes.js';
import { openedAt, type Place } from '#consuming/testing/opened.js';
import { at } from '#consuming/testing/checkpoints.js';

const poison = { stream: 'note-z', revision: 1, position: 2n, type: 'NoteChanged', error: 'No.' };

export function leases(newPlace: () => Place): void {
  const open = openedAt(newPlace);
  let ours: ViewStore;
  let theirs: ViewStore;
  beforeEach(async () => {
    ours = await open();
    theirs = await open();
  });

  /** A live copy with a note, opened under a lease. */
  const begun = async (lease: Lease): Promise<WritableCopy<Note>> => {
    const copy = await ours.openForWriting(notes, lease);
    await writeNotes(copy, { a: aNote({ text: 'ours' }) }, 1n);
    await copy.goLive();
    return copy;
  };

  it('have no holder at first, and show their holder to all', async () => {
    expect(await ours.leases.renew('us')).toStrictEqual([]);
    const lease = await ours.leases.take(notes, 'us', null);
    const of = { name: notes.name, version: notes.version };
    expect(lease).toStrictEqual({ ...of, token: 1 });
    expect(await theirs.leases.renew('them')).toStrictEqual([
      { ...of, token: 1, renewals: 0, holder: 'us' },
    ]);
  });

  it('are renewed by their holder, all at once and no others', async () => {
    await ours.leases.take(notes, 'us', null);
    await ours.leases.take({ name: 'others', version: 7 }, 'us', null);
    await ours.leases.take({ ...notes, version: 2 }, 'them', null);
    await ours.leases.renew('us');
    const all = await ours.leases.renew('us');
    const renewed = all.map(({ name, version, renewals }) => [name, version, renewals]);
    expect(renewed.sort()).toStrictEqual([
      ['notes', 1, 2],
      ['notes', 2, 0],
      ['others', 7, 2],
    ]);
  });

  it('are taken only if unchanged since they were read, by one process', async () => {
    const stores = [ours, theirs, await open(), await open()];
    const first = await Promise.all(
      stores.map((store, index) => store.leases.take(notes, `holder ${index}`, null)),
    );
    expect(first.filter((lease) => lease !== null)).toHaveLength(1);
    const seen = present(await leaseRecord(ours, notes));
    const second = await Promise.all(
      stores.map((store, index) => store.leases.take(notes, `holder ${index}`, seen)),
    );
    expect(second.filter((lease) => lease !== null)).toMatchObject([{ token: 2 }]);
  });

  it('are not taken from a holder that renewed them after they were read', async () => {
    await ours.leases.take(notes, 'us', null);
    const seen = await leaseRecord(theirs, notes);
    await ours.leases.renew('us');
    expect(await theirs.leases.take(notes, 'them', seen)).toBeNull();
    expect(await leaseRecord(theirs, notes)).toMatchObject({ holder: 'us', token: 1 });
  });

  it('are free after a release, and the next token is still greater', async () => {
    const lease = present(await ours.leases.take(notes, 'us', null));
    await ours.leases.release(lease);
    const free = await leaseRecord(theirs, notes);
    expect(free).toMatchObject({ holder: null, token: 1 });
    expect(await theirs.leases.take(notes, 'them', free)).toMatchObject({ token: 2 });
    // A late release by the former holder has no effect.
    await ours.leases.release(lease);
    expect(await leaseRecord(ours, notes)).toMatchObject({ holder: 'them', token: 2 });
  });

  it('have one holder at a time and increasing tokens, in any interleaving', async () => {
    const act = fc.record({
      who: fc.constantFrom('us', 'them'),
      what: fc.constantFrom('take', 'renew', 'release'),
    });
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 12 }), async (acts) => {
        const of = { name: `round ${(round += 1)}`, version: 1 };
        const tokens: number[] = [];
        const last = new Map<string, Lease>();
        for (const { who, what } of acts) {
          const { leases: own } = who === 'us' ? ours : theirs;
          const lease = last.get(who);
          if (what === 'renew') await own.renew(who);
          if (what === 'release' && lease !== undefined) await own.release(lease);
          if (what !== 'take') continue;
          const taken = present(await own.take(of, who, await leaseRecord(ours, of)));
          last.set(who, taken);
          tokens.push(taken.token);
          expect(await leaseRecord(theirs, of)).toMatchObject({ holder: who, renewals: 0 });
        }
        expect(tokens).toStrictEqual(tokens.map((_, index) => index + 1));
      }),
      { numRuns: 20 },
    );
  });

  it('must be held to open a copy', async () => {
    const lost = await takeOver(ours, notes);
    await begun(lost);
    await ours.requestRebuild(notes);
    await takeOver(theirs, notes);
    await expect((async () => ours.openForWriting(notes, lost))()).rejects.toThrow(LeaseLost);
    await expect((async () => ours.openRebuild(notes, lost))()).rejects.toThrow(LeaseLost);
  });

  it('stop all writes of a stale projector', async () => {
    const lost = await takeOver(ours, notes);
    const stale = await begun(lost);
    await ours.requestRebuild(notes);
    const staleRebuild = present(await ours.openRebuild(notes, lost));
    await staleRebuild.write([], at(1n));

    // Another projector takes over while this one is paused. It has only opened the copies.
    const lease = await takeOver(theirs, notes);
    const copy = await theirs.openForWriting(notes, lease);
    const rebuild = present(await theirs.openRebuild(notes, lease));
    const before = await theirs.status(notes);

    const late = [
      () => stale.write([{ id: 'b', before: null, after: aNote({ text: 'late' }) }], at(2n)),
      () => stale.write([{ id: 'a', before: aNote({ text: 'ours' }), after: null }], at(1n)),
      () => stale.write([], at(9n), { park: [poison], release: [] }),
      () => stale.goLive(),
      () => staleRebuild.write([{ id: 'b', before: null, after: aNote() }], at(2n)),
      () => staleRebuild.goLive(),
    ];
    for (const write of late) await expect((async () => write())()).rejects.toThrow(CopyMoved);
    await stale.report({
      failure: 'Late.',
      eventsPerSecond: null,
      positionsPerSecond: null,
    });
    await staleRebuild.report({
      failure: 'Late.',
      eventsPerSecond: null,
      positionsPerSecond: null,
    });

    expect(await theirs.status(notes)).toStrictEqual(before);
    const documents = new Map([['a', aNote({ text: 'ours' })]]);
    expect(await copy.load(['a', 'b'])).toStrictEqual(documents);
    expect(await rebuild.load(['a', 'b'])).toStrictEqual(new Map());
    // The new holder continues with both copies.
    await writeNotes(copy, { b: aNote() }, 2n);
    await writeNotes(rebuild, { a: aNote() }, 2n);
    await rebuild.goLive();
    expect(await theirs.reader(notes).checkpoint()).toBe(2n);
  });

  it('can be lost and taken again', async () => {
    const stale = await begun(await takeOver(ours, notes));
    const copy = await theirs.openForWriting(notes, await takeOver(theirs, notes));
    await writeNotes(copy, { b: aNote() }, 2n);
    const again = await ours.openForWriting(notes, await takeOver(ours, notes));
    expect(again.checkpoint.position).toBe(2n);
    await writeNotes(again, { c: aNote() }, 3n);
    for (const old of [stale, copy]) {
      await expect((async () => old.write([], at(4n)))()).rejects.toThrow(CopyMoved);
    }
  });
}
