import { shown } from '#ticketing/text.js';
import { START, type Position, type RecordedEvent } from '../event-store.js';
import { sleep } from '../sleep.js';
import { Notifier, type Wait } from '../follow.js';
import type { Connection } from './connection.js';
import { wordsOf } from './errors.js';
import { decodeMessage } from './feed-messages.js';
import type { ReceivedEvent } from './received-event.js';

/** How many recent events are cached; a follower that is further behind reads the log. */
const CACHED_EVENTS = 2_000;

/** How often a silent subscription is compared with the end of the log. */
const CHECK_INTERVAL_MS = 2_000;

/** The delays before it subscribes again. */
const RETRY_DELAYS_MS = [50, 250, 1_000];

export interface FeedOptions {
  readonly connection: Connection;
  /** Reads the position of the last event. */
  readonly head: () => Promise<Position>;
  /** Called for every event. */
  readonly seen: (event: ReceivedEvent) => void;
  readonly checkIntervalMs?: number;
}

/**
 * Follows the end of the log for the whole thread: one catch-up subscription to $all with a
 * filter that excludes EventStoreDB's own events. It is replaced if it ends, fails or
 * goes silent, without followers noticing. It never waits for followers: it caches recent events,
 * and a follower that is further behind reads the log.
 */
export class LiveFeed {
  readonly #options: FeedOptions;
  readonly #stop = new AbortController();
  readonly #notifier = new Notifier();
  #events: ReceivedEvent[] = [];
  /** All events after this position, up to `reached`, are cached. */
  #from: Position = START;
  #reached: Position = START;
  /** Where the next subscription starts; also moves past events of others. */
  #resume: Position = START;
  #messages = 0;
  #failures = 0;
  #running: Promise<void> = Promise.resolve();
  /** Ends the subscription that is open. */
  #replace = new AbortController();

  constructor(options: FeedOptions) {
    this.#options = options;
  }

  /** Starts at the end of the log. */
  async start(): Promise<void> {
    this.#from = this.#reached = this.#resume = await this.#options.head();
    this.#running = Promise.all([this.#follow(), this.#watch()]).then(() => undefined);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.#replace.abort();
    this.#notifier.notify();
    await this.#running;
  }

  /** The position of the last event received. */
  get reached(): Position {
    return this.#reached;
  }

  /** Whether all events after a position are cached. */
  covers(position: Position): boolean {
    return position >= this.#from;
  }

  /** The cached events after a position that `covers` accepts. */
  page(after: Position, limit: number): readonly RecordedEvent[] {
    const first = this.#indexBehind(after);
    return this.#events.slice(first, first + limit).map(({ recorded }) => recorded);
  }

  /** Starts a wait that ends with the next event, the timeout, or the signal. */
  wait(signal: AbortSignal, milliseconds?: number): Wait {
    return this.#notifier.wait(signal, milliseconds);
  }

  /** Waits until it has reached a position; false on timeout. */
  async until(position: Position, milliseconds: number): Promise<boolean> {
    const deadline = performance.now() + milliseconds;
    const { signal } = this.#stop;
    while (this.#reached < position) {
      const left = deadline - performance.now();
      if (left <= 0 || signal.aborted) return false;
      await this.wait(signal, left).ended;
    }
    return true;
  }

  #indexBehind(position: Position): number {
    let [low, high] = [0, this.#events.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#events[middle] as ReceivedEvent).position <= position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  async #follow(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      this.#replace = new AbortController();
      const ended = await this.#subscribe(this.#replace.signal).then(
        () => 'ended by the server',
        (error: unknown) => wordsOf(error),
      );
      if (this.#stop.signal.aborted) return;
      if (this.#failures === RETRY_DELAYS_MS.length) {
        process.stderr.write(shown(`event store subscription failed, retrying: ${ended}\n`));
      }
      const milliseconds =
        RETRY_DELAYS_MS[Math.min(this.#failures, RETRY_DELAYS_MS.length - 1)] ?? 0;
      this.#failures += 1;
      await sleep(milliseconds, signal);
    }
  }

  /** Resolves when the subscription has ended, or when the signal aborts. */
  #subscribe(signal: AbortSignal): Promise<void> {
    const opened = this.#options.connection.openSubscription(this.#resume);
    const cancel = () => {
      // If it could not be opened, the promise below has rejected already.
      void opened.then(
        (subscription) => {
          subscription.cancel();
        },
        () => undefined,
      );
    };
    return new Promise<void>((resolve, reject) => {
      signal.addEventListener('abort', () => {
        resolve();
      });
      opened.then((subscription) => {
        subscription.on('error', reject).on('end', resolve);
        subscription.on('data', (message: Buffer) => {
          if (signal.aborted) return;
          try {
            this.#take(message);
          } catch (error) {
            reject(new Error(wordsOf(error), { cause: error }));
          }
        });
      }, reject);
    }).finally(cancel);
  }

  #take(message: Buffer): void {
    const received = decodeMessage(message);
    if (received === null) return;
    this.#progressed(received.position);
    if (received.event !== null && received.position > this.#reached) this.#keep(received.event);
  }

  #progressed(position: Position): void {
    this.#messages += 1;
    this.#failures = 0;
    if (position > this.#resume) this.#resume = position;
  }

  #keep(event: ReceivedEvent): void {
    this.#events.push(event);
    this.#reached = event.position;
    if (this.#events.length >= 2 * CACHED_EVENTS) {
      const dropped = this.#events.splice(0, CACHED_EVENTS);
      this.#from = dropped.at(-1)?.position ?? this.#from;
    }
    this.#options.seen(event);
    this.#notifier.notify();
  }

  /** Replaces a subscription that is silent at two checks in a row while the log grows. */
  async #watch(): Promise<void> {
    const { signal } = this.#stop;
    let suspicious = false;
    while (!signal.aborted) {
      const received = this.#messages;
      await sleep(this.#options.checkIntervalMs ?? CHECK_INTERVAL_MS, signal);
      if (this.#stop.signal.aborted) return;
      const silent = this.#messages === received && (await this.#isBehind());
      if (silent && suspicious) this.#replace.abort();
      suspicious = silent;
    }
  }

  /** False if the log cannot be read: then the subscription fails by itself, or the next check sees it. */
  async #isBehind(): Promise<boolean> {
    return this.#options.head().then(
      (head) => head > this.#reached,
      () => false,
    );
  }
}
