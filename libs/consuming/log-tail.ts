import type { EventReader, Position, RecordedEvent } from '#event-store/event-store.js';
import { sleep } from '#event-store/sleep.js';
import { Notifier } from '#event-store/follow.js';
import { AT_START, checkpointAt, verifyCheckpoint, type Checkpoint } from './checkpoint.js';
import { pageOf, restOf, type Page } from './page.js';
import type { StreamLinks } from './stream-links.js';

export interface TailOptions {
  readonly pageSizeEvents: number;
  /** The minimum time between two pages that are not full; it grows with their events. */
  readonly paceMs: number;
  /** The interval of comparisons of the log's end with the read events. */
  readonly verifyIntervalMs: number;
}

/** The number of recent events cached for slightly slower consumers. */
const CACHED_EVENTS = 500;

/**
 * Larger pages cost less for each event. So under load the next page is read later: twice the pace
 * after a page of 50 events, and never more than five times.
 */
const slowdown = (events: number): number => Math.min(1 + events / 50, 5);

/** A waiting consumer checks again after this time at the latest. */
const MAX_WAIT_MS = 30_000;

/**
 * The end of the log, read once for all consumers at that position. A page is read only when a
 * consumer waits for it, so a tail never runs ahead of its fastest consumer.
 */
export class LogTail {
  readonly #stop = new AbortController();
  readonly #notifier = new Notifier();
  readonly #pages: Page[] = [];
  /** The last requested part of a page. */
  #rest: Page | null = null;
  readonly #iterator: AsyncIterator<readonly RecordedEvent[]>;
  readonly #verifying: NodeJS.Timeout;
  #keptEvents = 0;
  #from: Checkpoint;
  #reached: Checkpoint;
  #reading = false;
  #dueAt = 0;
  #failure: { readonly error: unknown } | null = null;

  private constructor(
    private readonly log: EventReader,
    private readonly links: StreamLinks,
    begin: Checkpoint,
    private readonly options: TailOptions,
  ) {
    this.#from = this.#reached = begin;
    this.#iterator = log
      .subscribeToAll({
        after: begin.position,
        limit: options.pageSizeEvents,
        signal: this.#stop.signal,
      })
      [Symbol.asyncIterator]();
    this.#verifying = setInterval(() => void this.#verify(), options.verifyIntervalMs).unref();
  }

  /** Starts at the current end of the log. */
  static async open(log: EventReader, links: StreamLinks, options: TailOptions): Promise<LogTail> {
    const position = await log.headPosition();
    const last = position < 0n ? null : await log.eventAt(position);
    return new LogTail(
      log,
      links,
      last === null ? { ...AT_START, position } : checkpointAt(last),
      options,
    );
  }

  /** All events after this checkpoint are cached. */
  get from(): Checkpoint {
    return this.#from;
  }

  get hasFailed(): boolean {
    return this.#failure !== null;
  }

  /**
   * The page after a position that is not before `from`; waits until there is one.
   *
   * @returns null if there is none in time, or the signal aborts before.
   * @throws LogReplaced, and the log's error if it cannot be read.
   */
  async next(
    after: Position,
    signal: AbortSignal,
    timeoutMs = Number.POSITIVE_INFINITY,
  ): Promise<Page | null> {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      if (this.#failure !== null) throw this.#failure.error;
      const page = this.#pageAfter(after);
      if (page !== null) return page;
      const leftMs = deadline - performance.now();
      if (signal.aborted || leftMs <= 0) return null;
      const wait = this.#notifier.wait(signal, Math.min(leftMs, MAX_WAIT_MS));
      void this.#read();
      await wait.ended;
    }
  }

  /** Consumers that continue within a page share the rest of it, too. */
  #pageAfter(after: Position): Page | null {
    const taken = this.#pages.findLastIndex(({ checkpoint }) => checkpoint.position <= after);
    const page = this.#pages[taken + 1];
    if (page === undefined || after <= page.after) return page ?? null;
    if (this.#rest?.after !== after) this.#rest = restOf(page, after);
    return this.#rest;
  }

  stop(): void {
    clearInterval(this.#verifying);
    this.#stop.abort();
    this.#notifier.notify();
  }

  async #read(): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    try {
      const early = this.#dueAt - performance.now();
      if (early > 0) await sleep(early, this.#stop.signal);
      const result = await this.#iterator.next();
      if (result.done !== true) this.#keep(await this.links.checked(result.value));
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#reading = false;
      this.#notifier.notify();
    }
  }

  #keep(events: readonly RecordedEvent[]): void {
    const { pageSizeEvents, paceMs } = this.options;
    const page = pageOf(this.#reached.position, events, this.#reached, pageSizeEvents);
    if (!page.isFull) this.#dueAt = performance.now() + paceMs * slowdown(events.length);
    this.#reached = page.checkpoint;
    this.#pages.push(page);
    this.#keptEvents += page.entries.length;
    while (this.#keptEvents > CACHED_EVENTS && this.#pages.length > 1) {
      const dropped = this.#pages.shift();
      if (dropped === undefined) return;
      this.#keptEvents -= dropped.entries.length;
      this.#from = dropped.checkpoint;
    }
  }

  /** Ignores a temporarily unreadable log: the next read fails, or succeeds later. */
  async #verify(): Promise<void> {
    try {
      await verifyCheckpoint(this.log, this.#reached);
    } catch (error) {
      if ((error as Error).name === 'LogReplaced') this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    this.#failure = { error };
    this.stop();
  }
}
