import type { EventReader } from '#event-store/event-store.js';
import { consume } from '#consuming/consume.js';
import { LogReader } from '#consuming/log-reader.js';
import type { Projection } from '#projections/projection.js';
import { leaseOf } from '#consuming/testing/leases.js';
import type { Lease } from '#consuming/lease.js';
import type { Change, ViewStore, WritableCopy } from '#view-stores/view-store.js';

/** Projects a log from the store's checkpoint to its head and goes live; returns the number of events. */
export async function catchUp<View>(
  projection: Projection<View>,
  log: EventReader,
  store: ViewStore,
  advanced: (events: number) => void = () => undefined,
): Promise<{ readonly events: number; readonly seconds: number }> {
  const head = await log.headPosition();
  const abort = new AbortController();
  const lease = await leaseOf(store, projection);
  const { checkpoint } = await store.openForWriting(projection, lease);
  if (checkpoint.position >= head) return { events: 0, seconds: 0 };
  let total = 0;
  const start = performance.now();
  let end = start;
  const reader = new LogReader(log);
  await consume(reader, { projection: projection as never, store }, lease, abort.signal, {
    consumed: ({ events, position }) => {
      total += events;
      advanced(events);
      end = performance.now();
      if (position >= head) abort.abort();
    },
  });
  return { events: total, seconds: (end - start) / 1_000 };
}

/** A store that reports its writes. */
export function reportingStore(
  store: ViewStore,
  onWrite: (changes: readonly Change<never>[]) => void,
): ViewStore {
  return {
    leases: store.leases,
    openForWriting: async <View>(projection: Projection<View>, lease: Lease) =>
      reportingCopy(await store.openForWriting(projection, lease), onWrite),
    openRebuild: (projection, lease) => store.openRebuild(projection, lease),
    requestRebuild: (projection) => store.requestRebuild(projection),
    requestRetry: (projection) => store.requestRetry(projection),
    setHalt: (projection, reason) => store.setHalt(projection, reason),
    status: (projection) => store.status(projection),
    reader: (projection) => store.reader(projection),
    waitForWrite: (timeoutMs) => store.waitForWrite(timeoutMs),
    close: () => store.close(),
  };
}

const reportingCopy = <View>(
  copy: WritableCopy<View>,
  onWrite: (changes: readonly Change<never>[]) => void,
): WritableCopy<View> => ({
  get checkpoint() {
    return copy.checkpoint;
  },
  get live() {
    return copy.live;
  },
  load: (ids) => copy.load(ids),
  parked: () => copy.parked(),
  write: (changes, checkpoint, parking) => {
    onWrite(changes as unknown as readonly Change<never>[]);
    return copy.write(changes, checkpoint, parking);
  },
  report: (report) => copy.report(report),
  goLive: () => copy.goLive(),
  discard: () => copy.discard(),
});
