import { beforeEach, expect, it } from '@jest/globals';
import { START } from '#event-store/event-store.js';
import type { CopyReport, ViewStore } from '../view-store.js';
import { aNote, liveCopy, notes, writeNotes } from '#projections/testing/notes.js';
import { openedAt, type Place } from '#consuming/testing/opened.js';
import { openCopy, openRebuild } from '#consuming/testing/leases.js';
import { at } from '#consuming/testing/checkpoints.js';

const noReport: CopyReport = { failure: null, eventsPerSecond: null, positionsPerSecond: null };

export function status(newPlace: () => Place): void {
  const open = openedAt(newPlace);
  let store: ViewStore;
  beforeEach(async () => {
    store = await open();
  });

  it('has no copy if there is none', async () => {
    expect(await store.status(notes)).toStrictEqual({ live: null, rebuild: null });
    await liveCopy(store, {});
    expect(await store.status({ ...notes, version: 2 })).toStrictEqual({
      live: null,
      rebuild: null,
    });
  });

  it('shows a copy that is being built, until it is live', async () => {
    const copy = await openCopy(store, notes);
    const begun = { checkpoint: at(START), halted: null, parked: [], report: noReport };
    expect(await store.status(notes)).toStrictEqual({ live: null, rebuild: begun });
    await writeNotes(copy, { a: aNote() }, 5n);
    const further = { ...begun, checkpoint: at(5n) };
    expect(await store.status(notes)).toStrictEqual({ live: null, rebuild: further });
    await copy.goLive();
    expect(await store.status(notes)).toStrictEqual({ live: further, rebuild: null });
  });

  it('shows the live copy and its rebuild', async () => {
    const live = await liveCopy(store, {}, 4n);
    await store.requestRebuild(notes);
    const rebuild = await openRebuild(store, notes);
    await rebuild?.write([], at(2n));
    await live.report({
      failure: 'It has stopped.',
      eventsPerSecond: null,
      positionsPerSecond: null,
    });
    await rebuild?.report({
      failure: null,
      eventsPerSecond: 1_234.5,
      positionsPerSecond: 98_765.5,
    });
    expect(await (await open()).status(notes)).toStrictEqual({
      live: {
        checkpoint: at(4n),
        halted: null,
        parked: [],
        report: { failure: 'It has stopped.', eventsPerSecond: null, positionsPerSecond: null },
      },
      rebuild: {
        checkpoint: at(2n),
        halted: null,
        parked: [],
        report: { failure: null, eventsPerSecond: 1_234.5, positionsPerSecond: 98_765.5 },
      },
    });
  });

  it('has the last report of a projector', async () => {
    const copy = await liveCopy(store, {});
    for (const report of [
      { failure: null, eventsPerSecond: 50_000, positionsPerSecond: 7_000_000 },
      { failure: 'So: ö 🎫', eventsPerSecond: null, positionsPerSecond: null },
      noReport,
    ]) {
      await copy.report(report);
      expect((await store.status(notes)).live?.report).toStrictEqual(report);
    }
  });

  it('ignores reports of a replaced copy', async () => {
    const old = await liveCopy(store, {});
    await old.report({ failure: 'Old.', eventsPerSecond: 1, positionsPerSecond: 1 });
    await store.requestRebuild(notes);
    await (await openRebuild(store, notes))?.goLive();
    await old.report({ failure: 'Older.', eventsPerSecond: 2, positionsPerSecond: 2 });
    const { live, rebuild } = await store.status(notes);
    expect(rebuild).toBeNull();
    expect(live?.report).toStrictEqual(noReport);
    await store.requestRebuild(notes);
    expect((await store.status(notes)).rebuild?.report).toStrictEqual(noReport);
  });

  it('does not lock out the writer by a report', async () => {
    const copy = await liveCopy(store, {});
    await copy.report({ failure: null, eventsPerSecond: 7, positionsPerSecond: 7 });
    await writeNotes(copy, { a: aNote() }, 2n);
    expect((await store.status(notes)).live).toMatchObject({ checkpoint: at(2n) });
  });
}
