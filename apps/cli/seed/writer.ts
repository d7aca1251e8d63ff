import {
  NO_STREAM,
  type EventStore,
  type EventToAppend,
  type StreamHead,
} from '#event-store/event-store.js';
import { seal } from '#event-store/integrity/chain.js';
import type { Append, Written } from './ticket-source.js';

/** Enough concurrent appends to fill the next group commit during the current one. */
const MAX_CONCURRENT_APPENDS = 1_024;

/** After this many events, the event loop lets the store send what has accumulated. */
const YIELD_AFTER_EVENTS = 64;

/** The end of a stream after an append. */
interface End {
  /** Null until the append is durable. */
  head: StreamHead | null;
  readonly expected: StreamHead;
  /** Released once the head is known. */
  events: readonly EventToAppend[];
}

/**
 * Appends without waiting for earlier appends, so that the store is never idle. Heads of streams
 * that are not durable yet are computed here like in the store.
 */
export class Writer {
  readonly #ends = new Map<Written, End>();
  #inFlight = 0;
  #eventsSinceYield = 0;
  #failure: Error | undefined;

  constructor(private readonly log: EventStore) {}

  /**
   * Resolves when there is room for more.
   *
   * @throws the error of a failed append.
   */
  async write({ ticket, events }: Append): Promise<void> {
    const expected = this.#headOf(ticket);
    const end: End = { head: null, expected, events };
    if (ticket.done) this.#ends.delete(ticket);
    else this.#ends.set(ticket, end);
    this.#append(ticket.stream, end);
    this.#eventsSinceYield += events.length;
    if (this.#eventsSinceYield >= YIELD_AFTER_EVENTS) await this.#yield();
    while (this.#inFlight >= MAX_CONCURRENT_APPENDS) await this.#yield();
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Waits until everything is durable. */
  async finish(): Promise<void> {
    while (this.#inFlight > 0) await this.#yield();
    if (this.#failure !== undefined) throw this.#failure;
  }

  #headOf(ticket: Written): StreamHead {
    const end = this.#ends.get(ticket);
    if (end === undefined) return NO_STREAM;
    if (end.head !== null) return end.head;
    const last = seal(ticket.stream, end.expected, end.events).at(-1);
    return last === undefined ? end.expected : { revision: last.revision, hash: last.hash };
  }

  #append(stream: string, end: End): void {
    this.#inFlight += 1;
    this.log.append(stream, end.expected, end.events).then(
      ({ head }) => {
        end.head = head;
        end.events = [];
        this.#inFlight -= 1;
      },
      (error: unknown) => {
        this.#failure ??= error as Error;
        this.#inFlight -= 1;
      },
    );
  }

  async #yield(): Promise<void> {
    this.#eventsSinceYield = 0;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
