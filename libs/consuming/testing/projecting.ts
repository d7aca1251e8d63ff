import { MemoryEventStore } from '#event-store/memory/memory-event-store.js';
import type {
  EventReader,
  Position,
  ReadAllOptions,
  ReadStreamOptions,
  RecordedEvent,
  SubscribeOptions,
} from '#event-store/event-store.js';
import { consume } from '../consume.js';
import { LogReader } from '../log-reader.js';
import type { Projection } from '#projections/projection.js';
import type { ViewStore } from '#view-stores/view-store.js';
import { leaseOf, openCopy } from './leases.js';

/** A running projection. */
export interface Projecting {
  /** Resolves when it has reached a position; rejects if it stops before. */
  reached(position: Position): Promise<void>;
  /** Stops it, and waits for its end. */
  stop(): Promise<void>;
  /** Resolves when it ends; rejects with its failure. */
  readonly ended: Promise<void>;
}

/** Runs a projection on a log until it is stopped. */
export function startProjecting<View>(
  projection: Projection<View>,
  log: EventReader,
  store: ViewStore,
  seen: (progress: { readonly events: number; readonly position: Position }) => void = () =>
    undefined,
): Projecting {
  const abort = new AbortController();
  let at: Position | null = null;
  let waiting: { readonly position: Position; readonly resolve: () => void }[] = [];
  const run = async () => {
    const lease = await leaseOf(store, projection);
    const consumer = { projection: projection as never, store };
    const reader = new LogReader(log, { paceMs: 1 });
    await consume(reader, consumer, lease, abort.signal, {
      consumed: ({ events, position }) => {
        at = position;
        seen({ events, position });
        for (const one of waiting) if (position >= one.position) one.resolve();
        waiting = waiting.filter((one) => position < one.position);
      },
    });
  };
  const ended = run();
  // Its failure must not count as an unhandled rejection.
  ended.catch(() => undefined);
  return {
    ended,
    reached: async (position) => {
      if (at !== null && at >= position) return;
      const reached = new Promise<void>((resolve) => {
        waiting.push({ position, resolve });
      });
      const early = ended.then(() => {
        throw new Error('It ended before it reached the position.');
      });
      await Promise.race([reached, early]);
    },
    stop: async () => {
      abort.abort();
      await ended;
    },
  };
}

/** Projects the existing events of a log, and stops. */
export async function projectAll<View>(
  projection: Projection<View>,
  log: EventReader,
  store: ViewStore,
): Promise<void> {
  const { position } = (await openCopy(store, projection)).checkpoint;
  const running = startProjecting(projection, log, store);
  const head = await log.headPosition();
  if (position < head) await running.reached(head);
  await running.stop();
}

/** A log that returns pages of another size, or altered ones. */
export class AlteredLog extends MemoryEventStore {
  /** The positions after which pages were read. */
  readonly begun: Position[] = [];

  constructor(
    private readonly log: EventReader,
    private readonly alter: {
      readonly limit?: () => number;
      readonly events?: (events: readonly RecordedEvent[]) => readonly RecordedEvent[];
      readonly pages?: (page: readonly RecordedEvent[]) => readonly (readonly RecordedEvent[])[];
    },
  ) {
    super();
  }

  override headPosition(): Promise<Position> {
    return this.log.headPosition();
  }

  override eventAt(position: Position): Promise<RecordedEvent | null> {
    return this.log.eventAt(position);
  }

  override readStream(
    stream: string,
    options: ReadStreamOptions,
  ): Promise<readonly RecordedEvent[]> {
    return this.log.readStream(stream, options);
  }

  override async readAll(options: ReadAllOptions): Promise<readonly RecordedEvent[]> {
    this.begun.push(options.after);
    const { limit = () => options.limit } = this.alter;
    const page = await this.log.readAll({ ...options, limit: limit() });
    return this.#altered(page).flat();
  }

  override async *subscribeToAll(
    options: SubscribeOptions,
  ): AsyncGenerator<readonly RecordedEvent[]> {
    const { limit = () => options.limit } = this.alter;
    const altered = { ...options, limit: limit() };
    for await (const page of this.log.subscribeToAll(altered)) yield* this.#altered(page);
  }

  #altered(page: readonly RecordedEvent[]): readonly (readonly RecordedEvent[])[] {
    const { events = (all) => all, pages = (one) => [one] } = this.alter;
    return pages(events(page));
  }
}
