import { setImmediate, setTimeout } from 'node:timers/promises';
import { OneAtATime } from '#event-sourcing/one-at-a-time.js';
import type { EventReader, LogPage, Position, RecordedEvent } from '#event-store/event-store.js';
import { Notifier, type Wait } from '#event-store/follow.js';

/** So many events are read at once: for all streams, and for one that is behind. */
const PAGE = 500;
const PAGE_BEHIND = 50;

/** So many of the last events are kept: whoever is not further behind reads nothing from disk. */
const KEPT_EVENTS = 1_000;

/**
 * The pause after a page that was not full. An event that comes alone is passed on at once; under
 * load, events of this time are read together and each stream is woken once for all of them. People
 * do not notice a tenth of a second; half of it is the average wait.
 */
const REST_MILLISECONDS = 100;

/**
 * The end of the log, followed once for all streams. Streams that are further behind read the log
 * by themselves, one page of one stream in a turn of the event loop, so that commands get theirs.
 */
export class LogTail {
  readonly #stop = new AbortController();
  readonly #notifier = new Notifier();
  readonly #behind = new OneAtATime();
  readonly #events: RecordedEvent[] = [];
  /** Everything behind this position, up to the next one, is kept; null until it is known. */
  #from: Position | null = null;
  #reached: Position = 0n;
  /** The page that was asked for last: streams are woken together, and want the same one. */
  #lastPage: { readonly after: Position; readonly page: LogPage } | null = null;
  #failure: { readonly cause: unknown } | null = null;

  constructor(private readonly log: EventReader) {
    void this.#follow();
  }

  /** Whether it can follow the log no more: then another one has to. */
  get hasFailed(): boolean {
    return this.#failure !== null;
  }

  stop(): void {
    this.#stop.abort();
  }

  /** Begins a sleep that is over when there may be more, when the time is over, or at an abort. */
  wait(signal: AbortSignal, milliseconds: number): Wait {
    return this.#notifier.wait(signal, milliseconds);
  }

  /**
   * What comes behind a position, at most a page of it.
   *
   * @throws whatever the log said, where it cannot be read
   */
  async after(position: Position): Promise<LogPage> {
    if (this.#failure !== null) throw this.#failure.cause;
    if (this.#from === null || position < this.#from) return this.#readBehind(position);
    if (this.#lastPage?.after !== position) {
      this.#lastPage = { after: position, page: this.#pageBehind(position) };
    }
    return this.#lastPage.page;
  }

  #pageBehind(position: Position): LogPage {
    const first = this.#events.findLastIndex((event) => event.position <= position) + 1;
    const events = this.#events.slice(first, first + PAGE);
    const last = events.length < PAGE ? this.#reached : (events.at(-1)?.position ?? position);
    // A stream may have begun at a head that has not been read yet.
    return { events, position: last > position ? last : position };
  }

  #readBehind(position: Position): Promise<LogPage> {
    return this.#behind.run('page', async () => {
      await setImmediate();
      return this.log.readAll({ after: position, limit: PAGE_BEHIND });
    });
  }

  async #follow(): Promise<void> {
    const { signal } = this.#stop;
    try {
      const after = await this.log.headPosition();
      this.#from = this.#reached = after;
      // What came before that is not among what is followed: whoever sleeps has to look for it.
      this.#notifier.notify();
      const pages = this.log.subscribeToAll({ after, limit: PAGE, signal });
      for await (const page of pages) {
        this.#keep(page);
        if (page.events.length < PAGE) await setTimeout(REST_MILLISECONDS);
      }
    } catch (cause) {
      this.#failure = { cause };
      this.#notifier.notify();
    }
  }

  #keep({ events, position }: LogPage): void {
    this.#events.push(...events);
    const dropped = this.#events.splice(0, Math.max(0, this.#events.length - KEPT_EVENTS));
    this.#from = dropped.at(-1)?.position ?? this.#from;
    this.#reached = position;
    this.#lastPage = null;
    this.#notifier.notify();
  }
}
