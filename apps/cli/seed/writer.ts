import {
  NO_STREAM,
  type EventStore,
  type EventToAppend,
  type StreamHead,
} from '#event-store/event-store.js';
import { seal } from '#event-store/integrity/chain.js';
import type { Append, Written } from './ticket-source.js';

/** So many appends are under way at once: enough for a group that waits behind the one being written. */
const MOST_UNDER_WAY = 1_024;

/** After so many events the store gets its turn, to hand on what has come together. */
const EVENTS_A_TURN = 64;

/** Where a stream ends behind an append. */
interface End {
  /** Null until it is durable, or until somebody has to know. */
  head: StreamHead | null;
  readonly expected: StreamHead;
  /** Let go of once the head is known. */
  events: readonly EventToAppend[];
}

/**
 * Appends without waiting for what was appended before, so that the store is never idle: where a
 * stream ends that is not durable yet is worked out here as the store works it out.
 */
export class Writer {
  readonly #ends = new Map<Written, End>();
  #underWay = 0;
  #eventsThisTurn = 0;
  #failure: Error | undefined;

  constructor(private readonly log: EventStore) {}

  /**
   * Answers when there is room for more.
   *
   * @throws whatever an append was refused with.
   */
  async write({ ticket, events }: Append): Promise<void> {
    const expected = this.#headOf(ticket);
    const end: End = { head: null, expected, events };
    if (ticket.done) this.#ends.delete(ticket);
    else this.#ends.set(ticket, end);
    this.#append(ticket.stream, end);
    this.#eventsThisTurn += events.length;
    if (this.#eventsThisTurn >= EVENTS_A_TURN) await this.#yield();
    while (this.#underWay >= MOST_UNDER_WAY) await this.#yield();
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Waits until everything is durable. */
  async finish(): Promise<void> {
    while (this.#underWay > 0) await this.#yield();
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
    this.#underWay += 1;
    this.log.append(stream, end.expected, end.events).then(
      ({ head }) => {
        end.head = head;
        end.events = [];
        this.#underWay -= 1;
      },
      (error: unknown) => {
        this.#failure ??= error as Error;
        this.#underWay -= 1;
      },
    );
  }

  async #yield(): Promise<void> {
    this.#eventsThisTurn = 0;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
