import { setImmediate, setTimeout } from 'node:timers/promises';
import type { EventReader, LogPage, Position, RecordedEvent } from '#event-store/event-store.js';
import { foldPage } from './fold-page.js';
import { followsStream, type Projection } from '#projections/projection.js';
import type { Lease } from './lease.js';
import type { ViewStore, WritableCopy } from '#view-stores/view-store.js';

/** How many events are folded and written at once. */
const BATCH = 500;

/**
 * How long the loop rests after a batch that was not full. Under load the next batch is the larger
 * for it, and a large one costs little more than a small one; at rest nothing waits.
 */
const REST_MILLISECONDS = 5;

/** How often a loop that catches up leaves word of its pace. */
const REPORT_MILLISECONDS = 1_000;

/** What follows a projection's progress. */
export interface LoopObserver {
  projected?(progress: { projection: string; events: number; position: Position }): void;
  parked?(parked: { projection: string; stream: string; error: string }): void;
  written?(page: WrittenPage): void;
}

/** A page of the log that was projected into the copy that answers queries. */
export interface WrittenPage {
  readonly projection: string;
  /** The events of this page that the projection receives. */
  readonly events: readonly RecordedEvent[];
  /** Streams whose events were left out, all or from some event on. */
  readonly parked: ReadonlySet<string>;
  /** When it was begun, as `performance.now()` told. */
  readonly since: number;
}

/** What is projected, from where and to where, and by what right. */
export interface ProjectingWork<View> {
  readonly projection: Projection<View>;
  readonly log: EventReader;
  readonly store: Pick<ViewStore, 'openForWriting' | 'openRebuild'>;
  readonly lease: Lease;
}

/**
 * Projects the log into one projection's documents, in order, from its checkpoint on, until the
 * signal aborts. Documents and checkpoint are written together: what was not written is projected
 * again after a crash. Streams that were parked are tried again first.
 *
 * @throws GapInStream, CopyMoved, LeaseLost, and whatever a store throws: never skips an event. What
 *   the projection throws parks the stream of the event.
 */
export async function projectLog<View>(
  { projection, log, store, lease }: ProjectingWork<View>,
  signal: AbortSignal,
  observer: LoopObserver = {},
): Promise<void> {
  const copy = await store.openForWriting(projection, lease);
  const loop = new Loop(projection, log, copy, observer);
  if (projection.perStream) await loop.retryParked(signal);
  await loop.run(signal, 'go on');
}

/**
 * Fills the copy that was begun beside the live one, if there is one, and makes it the live one.
 * Whoever writes to the one before finds it gone.
 */
export async function projectRebuild<View>(
  { projection, log, store, lease }: ProjectingWork<View>,
  signal: AbortSignal,
  observer: LoopObserver = {},
): Promise<void> {
  const copy = await store.openRebuild(projection, lease);
  if (copy !== null) await new Loop(projection, log, copy, observer).run(signal, 'until live');
}

/** The log ends before what was projected: it was cut short, or is another one. */
export class LogBehindCheckpoint extends Error {
  override readonly name = 'LogBehindCheckpoint';
  constructor(projection: string, head: Position, checkpoint: Position) {
    super(
      `The log ends at position ${head}, and projection "${projection}" has seen it up to ${checkpoint}: the log was cut short, or is another one. Put the right log in place; if it was restored on purpose, remove the read models, which are made again from it.`,
    );
  }
}

class Loop<View> {
  /** Since when, and over how many events, the pace is measured. */
  #since = performance.now();
  #events = 0;
  #from: Position;
  /** Whether a pace was told of that is not true any more once it has caught up. */
  #told = false;

  constructor(
    private readonly projection: Projection<View>,
    private readonly log: EventReader,
    private readonly copy: WritableCopy<View>,
    private readonly observer: LoopObserver,
  ) {
    this.#from = copy.checkpoint;
  }

  /**
   * The first copy answers queries once it has what the log had when this began. One beside a live
   * copy takes its place once it has caught up: nobody is to be taken back in time.
   */
  async run(signal: AbortSignal, how: 'go on' | 'until live'): Promise<void> {
    const { copy, projection } = this;
    const head = await this.log.headPosition();
    if (head < copy.checkpoint)
      throw new LogBehindCheckpoint(projection.name, head, copy.checkpoint);
    if (!copy.live && copy.checkpoint >= head) await copy.goLive();
    await copy.report({ failure: null, eventsPerSecond: null, positionsPerSecond: null });
    const isOver = () => how === 'until live' && copy.live;
    if (isOver()) return;
    const left = new Set((await copy.parked()).keys());
    for await (const page of this.#pages(signal)) {
      await this.#write(page.events, left, page.position, []);
      const caughtUp = page.events.length < BATCH;
      const ready = page.position >= head && (caughtUp || how === 'go on');
      if (!copy.live && ready) await copy.goLive();
      await this.#tell(page);
      if (isOver()) return;
      // Embedded stores answer at once: others, and whoever wants this to stop, get their turn here.
      await (caughtUp ? setTimeout(REST_MILLISECONDS) : setImmediate());
    }
  }

  async #tell({ events, position }: LogPage): Promise<void> {
    const { name } = this.projection;
    this.observer.projected?.({ projection: name, events: events.length, position });
    await this.#reportPace(events.length, position);
  }

  #pages(signal: AbortSignal): AsyncIterable<LogPage> {
    const { checkpoint: after } = this.copy;
    return this.log.subscribeToAll({ after, limit: BATCH, signal });
  }

  /**
   * Projects what was left out of parked streams, up to where the others are. A stream that fails
   * again stays parked, where it failed.
   */
  async retryParked(signal: AbortSignal): Promise<void> {
    for (const { stream, revision } of (await this.copy.parked()).values()) {
      let from = revision;
      let done = false;
      while (!done && !signal.aborted) {
        const page = await this.log.readStream(stream, { from, limit: BATCH });
        const missed = page.filter(({ position }) => position <= this.copy.checkpoint);
        const last = missed.length < BATCH;
        const parked = await this.#write(
          missed,
          new Set(),
          this.copy.checkpoint,
          last ? [stream] : [],
        );
        done = last || parked;
        from += page.length;
      }
    }
  }

  /** @returns whether a stream was parked. */
  async #write(
    events: readonly RecordedEvent[],
    left: Set<string>,
    position: Position,
    release: readonly string[],
  ): Promise<boolean> {
    const since = performance.now();
    const handled = events.filter(({ stream }) => followsStream(this.projection, stream));
    const load = (ids: readonly string[]) => this.copy.load(ids);
    const { changes, park } = await foldPage(this.projection, handled, left, load);
    const parked = park.length > 0;
    const parking = { park, release: parked ? [] : release };
    await this.copy.write(changes, position, parking);
    for (const { stream, error } of park) {
      left.add(stream);
      this.observer.parked?.({ projection: this.projection.name, stream, error });
    }
    // What fills a copy that answers nobody yet is old: its commands' traces ended long ago.
    if (this.copy.live && handled.length > 0) {
      this.observer.written?.({
        projection: this.projection.name,
        events: handled,
        parked: left,
        since,
      });
    }
    return parked;
  }

  /** Leaves word of the pace every second while it catches up, and of nothing once it has. */
  async #reportPace(events: number, position: Position): Promise<void> {
    const elapsed = performance.now() - this.#since;
    this.#events += events;
    const caughtUp = events < BATCH;
    if (elapsed < REPORT_MILLISECONDS && !(caughtUp && this.#told)) return;
    if (!caughtUp || this.#told) {
      const perSecond = (count: number) => (caughtUp ? null : (count * 1_000) / elapsed);
      await this.copy.report({
        failure: null,
        eventsPerSecond: perSecond(this.#events),
        positionsPerSecond: perSecond(Number(position - this.#from)),
      });
      this.#told = !caughtUp;
    }
    this.#since = performance.now();
    this.#events = 0;
    this.#from = position;
  }
}
