import { START, type LogPage, type Position, type RecordedEvent } from '../event-store.js';
import { sleep } from '../sleep.js';
import { Notifier, type Wait } from '../follow.js';
import type { Connection } from './connection.js';
import { wordsOf } from './errors.js';
import { heardIn } from './feed-messages.js';
import type { HeardEvent } from './heard-event.js';

/** So many of the last events are kept; whoever is further behind reads the log. */
const KEPT_EVENTS = 2_000;

/** How often it is looked whether the log went on while the subscription said nothing. */
const LOOK_MILLISECONDS = 2_000;

/** How long it rests before it subscribes again. */
const REST_MILLISECONDS = [50, 250, 1_000];

export interface FeedOptions {
  readonly connection: Connection;
  /** The position of the last event now. */
  readonly head: () => Promise<Position>;
  /** Hears of every event. */
  readonly seen: (event: HeardEvent) => void;
  readonly lookMilliseconds?: number;
}

/**
 * The end of the log, followed once for all in this thread: one catch-up subscription to $all with a
 * filter that leaves out what EventStoreDB writes itself. It is replaced where it ends, fails or
 * goes silent; who follows does not notice. It never waits for anybody: it keeps the last events,
 * and whoever is further behind reads the log.
 */
export class LiveFeed {
  readonly #options: FeedOptions;
  readonly #stop = new AbortController();
  readonly #notifier = new Notifier();
  #events: HeardEvent[] = [];
  /** Everything behind this position, up to `reached`, is kept. */
  #from: Position = START;
  #reached: Position = START;
  /** Where the next subscription begins: past events of others, too. */
  #resume: Position = START;
  #heard = 0;
  #failures = 0;
  #running: Promise<void> = Promise.resolve();
  /** Ends the subscription that is open. */
  #replace = new AbortController();

  constructor(options: FeedOptions) {
    this.#options = options;
  }

  /** Begins at the end of the log. */
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

  /** The position of the last event that it has. */
  get reached(): Position {
    return this.#reached;
  }

  /** Whether all that comes behind a position is kept. */
  covers(position: Position): boolean {
    return position >= this.#from;
  }

  /** What is kept behind a position that it covers. */
  page(after: Position, types: readonly string[] | undefined, limit: number): LogPage {
    const events: RecordedEvent[] = [];
    for (let index = this.#indexBehind(after); index < this.#events.length; index++) {
      const heard = this.#events[index] as HeardEvent;
      if (types === undefined || types.includes(heard.place.type)) events.push(heard.recorded);
      if (events.length === limit) return { events, position: heard.position };
    }
    return { events, position: this.#reached > after ? this.#reached : after };
  }

  /** Begins a sleep that is over when there may be more, or when the signal aborts. */
  wait(signal: AbortSignal, milliseconds?: number): Wait {
    return this.#notifier.wait(signal, milliseconds);
  }

  /** Waits until it has reached a position; false where it does not in time. */
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
      if ((this.#events[middle] as HeardEvent).position <= position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  async #follow(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      this.#replace = new AbortController();
      const ended = await this.#subscribe(this.#replace.signal).then(
        () => 'it has ended',
        (error: unknown) => wordsOf(error),
      );
      if (this.#stop.signal.aborted) return;
      if (this.#failures === REST_MILLISECONDS.length) {
        process.stderr.write(`The event store cannot be followed (${ended}): trying on.\n`);
      }
      const milliseconds =
        REST_MILLISECONDS[Math.min(this.#failures, REST_MILLISECONDS.length - 1)] ?? 0;
      this.#failures += 1;
      await sleep(milliseconds, signal);
    }
  }

  /** Resolves when the subscription has ended, or when the signal aborts. */
  #subscribe(signal: AbortSignal): Promise<void> {
    const opened = this.#options.connection.openSubscription(this.#resume);
    const cancel = () => {
      // One that could not be opened has failed below.
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
    const heard = heardIn(message);
    if (heard === null) return;
    this.#heardOf(heard.position);
    if (heard.event !== null && heard.position > this.#reached) this.#keep(heard.event);
  }

  #heardOf(position: Position): void {
    this.#heard += 1;
    this.#failures = 0;
    if (position > this.#resume) this.#resume = position;
  }

  #keep(event: HeardEvent): void {
    this.#events.push(event);
    this.#reached = event.position;
    if (this.#events.length >= 2 * KEPT_EVENTS) {
      const dropped = this.#events.splice(0, KEPT_EVENTS);
      this.#from = dropped.at(-1)?.position ?? this.#from;
    }
    this.#options.seen(event);
    this.#notifier.notify();
  }

  /** A subscription that says nothing while the log goes on, twice in a row, is replaced. */
  async #watch(): Promise<void> {
    const { signal } = this.#stop;
    let suspicious = false;
    while (!signal.aborted) {
      const heard = this.#heard;
      await sleep(this.#options.lookMilliseconds ?? LOOK_MILLISECONDS, signal);
      if (this.#stop.signal.aborted) return;
      const silent = this.#heard === heard && (await this.#isBehind());
      if (silent && suspicious) this.#replace.abort();
      suspicious = silent;
    }
  }

  /** Where nobody can say, the subscription fails by itself, or somebody says so the next time. */
  async #isBehind(): Promise<boolean> {
    return this.#options.head().then(
      (head) => head > this.#reached,
      () => false,
    );
  }
}
