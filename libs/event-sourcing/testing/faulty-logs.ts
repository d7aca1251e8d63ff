import {
  NO_STREAM,
  StoreUnavailable,
  type Appended,
  type EventToAppend,
  type ReadStreamOptions,
  type RecordedEvent,
  type StreamHead,
} from '#event-store/event-store.js';
import { MemoryEventStore } from '#event-store/memory/memory-event-store.js';
import { anEvent } from '#event-store/testing/events.js';

/** Counts appends and stream reads. */
export class CountingLog extends MemoryEventStore {
  appends = 0;
  reads = 0;

  override append(
    stream: string,
    expected: StreamHead,
    events: readonly EventToAppend[],
  ): Promise<Appended> {
    this.appends += 1;
    return super.append(stream, expected, events);
  }

  override readStream(
    stream: string,
    options: ReadStreamOptions,
  ): Promise<readonly RecordedEvent[]> {
    this.reads += 1;
    return super.readStream(stream, options);
  }
}

/** Simulates another process that writes first, `interferences` times, each time adding 1. */
export class ContestedLog extends CountingLog {
  constructor(public interferences: number) {
    super();
  }

  override async append(
    stream: string,
    expected: StreamHead,
    events: readonly EventToAppend[],
  ): Promise<Appended> {
    if (this.interferences > 0) {
      this.interferences -= 1;
      await addElsewhere(this, stream, 1);
    }
    return super.append(stream, expected, events);
  }
}

/** Adds to a counter as another process would: cached states do not see it. */
export async function addElsewhere(
  log: MemoryEventStore,
  stream: string,
  amount: number,
): Promise<void> {
  const [last] = await log.readStream(stream, { direction: 'backwards', limit: 1 });
  const event = anEvent({ type: 'Added', data: { amount } });
  await MemoryEventStore.prototype.append.call(log, stream, last ?? NO_STREAM, [event]);
}

/** A log whose next append can be set to fail, before it is stored or after. */
export class FailingLog extends CountingLog {
  next: 'succeeds' | 'fails before' | 'fails after' = 'succeeds';

  override async append(
    stream: string,
    expected: StreamHead,
    events: readonly EventToAppend[],
  ): Promise<Appended> {
    const { next } = this;
    this.next = 'succeeds';
    if (next === 'fails before') throw new StoreUnavailable('The disk is full.');
    const appended = await super.append(stream, expected, events);
    if (next === 'fails after') throw new StoreUnavailable('The connection was cut.');
    return appended;
  }
}
