import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { NO_STREAM, START, type RecordedEvent } from '#event-store/event-store.js';
import { MemorySnapshotStore } from '#event-store/memory/memory-snapshot-store.js';
import type { Snapshot } from '#event-store/snapshots.js';
import { present } from '#event-store/testing/present.js';
import { StreamLoader } from './stream-loader.js';
import { add, counter, counterCodec, Desk, empty, type CounterState } from './testing/counter.js';
import { addElsewhere, CountingLog } from './testing/faulty-logs.js';

/** A loader with an empty cache, as after a start. */
const cold = (desk: Desk, decider = counter, snapshots = desk.snapshots) =>
  new StreamLoader(decider, counterCodec, desk.log, snapshots);

const wholeLog = (desk: Desk): Promise<readonly RecordedEvent[]> =>
  desk.log.readStream('counter', { limit: 1_000_000 });

describe('loading a stream', () => {
  it('returns the initial state for a stream that does not exist', async () => {
    expect(await cold(new Desk()).load('counter')).toStrictEqual({
      head: NO_STREAM,
      position: START,
      state: counter.initial,
    });
  });

  it('folds the whole stream page by page', async () => {
    const desk = new Desk();
    for (let n = 0; n < 11; n++) await desk.run(add(...Array<number>(100).fill(1)));
    const last = present((await wholeLog(desk)).at(-1));
    expect(await cold(desk, counter, new MemorySnapshotStore()).load('counter')).toStrictEqual({
      head: { revision: 1_099, hash: last.hash },
      position: last.position,
      state: { total: 1_100, events: 1_100 },
    });
  });

  it('caches the stream and then reads only newer events', async () => {
    const log = new CountingLog();
    const desk = new Desk(log);
    await desk.run(add(1, 2));
    const loader = cold(desk);
    expect(loader.cached('counter')).toBeUndefined();
    const loaded = await loader.load('counter');
    expect(loader.cached('counter')).toBe(loaded);
    await addElsewhere(log, 'counter', 4);
    expect(loader.cached('counter')).toBe(loaded);
    expect((await loader.load('counter')).state).toStrictEqual({ total: 7, events: 3 });
    expect(loader.cached('counter')?.head.revision).toBe(2);
  });
});

describe('a cached stream whose last event is gone', () => {
  /** A log from whose end events were removed by another program. */
  class CutLog extends CountingLog {
    length = Infinity;

    override async readStream(...given: Parameters<CountingLog['readStream']>) {
      const events = await super.readStream(...given);
      return events.filter(({ revision }) => revision < this.length);
    }
  }

  it.each([0, 1, 2])('is damaged if %d of 3 events are left', async (length) => {
    // Given
    const log = new CutLog();
    const desk = new Desk(log);
    await desk.run(add(1, 2, 3));
    const loader = cold(desk);
    await loader.load('counter');
    // When
    log.length = length;
    // Then
    await expect(loader.load('counter')).rejects.toThrow(
      'The history of counter is damaged: the event of revision 2 at position 2 is missing.',
    );
  });
});

describe('a snapshot', () => {
  let desk: Desk;
  let log: CountingLog;
  beforeEach(() => {
    log = new CountingLog();
    desk = new Desk(log);
  });
  const taken = (): Snapshot => present(desk.snapshots.load('counter'));
  const addOneByOne = async (count: number): Promise<void> => {
    for (let n = 0; n < count; n++) await desk.run(add(1));
  };

  it('is saved every hundred events and not earlier', async () => {
    await addOneByOne(100);
    expect(desk.snapshots.load('counter')).toBeNull();
    await addOneByOne(1);
    expect(taken()).toMatchObject({ version: 1, head: { revision: 100 } });
    expect(taken().state).toStrictEqual({ total: 101, events: 101 });
    await addOneByOne(99);
    expect(taken().head.revision).toBe(100);
    await addOneByOne(1);
    expect(taken().head.revision).toBe(200);
  });

  it('is saved when one append crosses the hundred', async () => {
    await desk.run(add(...Array<number>(95).fill(1)));
    expect(desk.snapshots.load('counter')).toBeNull();
    await desk.run(add(...Array<number>(10).fill(1)));
    expect(taken().head.revision).toBe(104);
  });

  it('is saved when a long stream is loaded without one', async () => {
    await addOneByOne(150);
    const snapshots = new MemorySnapshotStore();
    await cold(desk, counter, snapshots).load('counter');
    expect(snapshots.load('counter')?.head.revision).toBe(149);
  });

  /** A state that no log produces: it can only come from the snapshot. */
  const marked: CounterState = { total: 1_000_000, events: 0 };

  it('is used if the log has its last event, so that earlier events are not read', async () => {
    await addOneByOne(120);
    desk.snapshots.save('counter', { ...taken(), state: { ...marked } });
    const { state, head } = await cold(desk).load('counter');
    expect(state).toStrictEqual({ total: 1_000_019, events: 19 });
    expect(head.revision).toBe(119);
    const { reads } = log;
    await cold(desk).load('counter');
    // One read for the snapshot's last event, one for the events after it.
    expect(log.reads).toBe(reads + 2);
  });

  it('that covers the whole stream has the position of its last event', async () => {
    await addOneByOne(101);
    await desk.runOn('another', add(1));
    const last = present((await wholeLog(desk)).at(-1));
    expect(await cold(desk).load('counter')).toMatchObject({ position: last.position });
  });

  it.each<[string, (snapshot: Snapshot) => Snapshot]>([
    [
      'a different hash',
      ({ head, ...rest }) => ({ ...rest, head: { ...head, hash: 'f'.repeat(64) } }),
    ],
    ['a different version', (snapshot) => ({ ...snapshot, version: 2 })],
    [
      'a revision that the stream does not have',
      ({ head, ...rest }) => ({ ...rest, head: { ...head, revision: 500 } }),
    ],
    ['a different revision', ({ head, ...rest }) => ({ ...rest, head: { ...head, revision: 99 } })],
  ])('with %s is not used', async (_, change) => {
    await addOneByOne(120);
    desk.snapshots.save('counter', change({ ...taken(), state: { ...marked } }));
    const { state, head } = await cold(desk).load('counter');
    expect(state).toStrictEqual({ total: 120, events: 120 });
    expect(head.revision).toBe(119);
  });

  it('of another state version is not used', async () => {
    await addOneByOne(101);
    desk.snapshots.save('counter', { ...taken(), state: { ...marked } });
    const { state } = await cold(desk, { ...counter, stateVersion: 2 }).load('counter');
    expect(state).toStrictEqual({ total: 101, events: 101 });
    // A snapshot of the current version replaces it.
    expect(taken()).toMatchObject({ version: 2, state: { total: 101 } });
  });

  it('does not change the folded state', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 80 }),
            fc.constant('empty' as const),
          ),
          { minLength: 1, maxLength: 15 },
        ),
        fc.integer({ min: 0, max: 14 }),
        async (commands, restartAt) => {
          desk = new Desk();
          for (const [index, amounts] of commands.entries()) {
            if (index === restartAt) desk.restart();
            await desk.run(amounts === 'empty' ? empty : add(...amounts));
          }
          const events = await wholeLog(desk);
          const folded = events
            .map((event) => counterCodec.decode(event))
            .reduce((state, event) => counter.evolve(state, event), counter.initial);
          const last = present(events.at(-1));
          const expected = {
            head: { revision: last.revision, hash: last.hash },
            position: last.position,
            state: folded,
          };
          expect(await cold(desk).load('counter')).toStrictEqual(expected);
          const none = new MemorySnapshotStore();
          expect(await cold(desk, counter, none).load('counter')).toStrictEqual(expected);
        },
      ),
      { numRuns: 40 },
    );
  });
});
