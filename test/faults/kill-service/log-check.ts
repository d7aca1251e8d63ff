import { decode } from '#event-store/codec/decode.js';
import { NO_STREAM, START, type RecordedEvent, type StreamHead } from '#event-store/event-store.js';
import { seal } from '#event-store/integrity/chain.js';
import { SqliteEventReader } from '#event-store/sqlite/sqlite-event-reader.js';
import type { Outcome } from './orders.js';

const PAGE = 2_000;

/**
 * Checks a log on disk: the revisions of every stream have no gaps and its hash chain verifies; every
 * acknowledged command is there exactly once, complete and as answered; and there is nothing else.
 */
export class LogCheck {
  readonly #heads = new Map<string, StreamHead>();
  readonly #byPlace = new Map<string, RecordedEvent>();
  readonly #unclaimed = new Map<string, RecordedEvent[]>();
  #after = START;

  /** Reads the new events of the log. */
  async read(folder: string): Promise<string[]> {
    const reader = new SqliteEventReader(folder);
    const failures: string[] = [];
    try {
      for (;;) {
        const events = await reader.readAll({ after: this.#after, limit: PAGE });
        for (const event of events) failures.push(...this.#add(event));
        if (events.length < PAGE) return failures;
      }
    } finally {
      await reader.close();
    }
  }

  get head(): bigint {
    return this.#after;
  }

  /** The number of automatic dispatches of a ticket. */
  dispatches(ticketId: string): number {
    let count = 0;
    for (let revision = 0; ; revision++) {
      const event = this.#byPlace.get(placeOf(`ticket-${ticketId}`, revision));
      if (event === undefined) return count;
      if (event.type === 'TicketDispatched') count += 1;
    }
  }

  /** Compares answers with the log. Each claims its events, which no other may claim. */
  claim(outcomes: readonly Outcome[]): string[] {
    return outcomes.flatMap((outcome) => this.#claim(outcome));
  }

  /** Skips the events read so far, which are not from the load. */
  forget(): void {
    this.#unclaimed.clear();
  }

  /** Unclaimed events: a second effect, or one without a command. */
  unclaimed(): string[] {
    return [...this.#unclaimed.values()].flat().map(({ stream, revision, type, data }) => {
      const what = JSON.stringify(data).slice(0, 200);
      return `No answer for ${stream} revision ${revision}: ${type} ${what}`;
    });
  }

  #add(event: RecordedEvent): string[] {
    const { stream, revision, position, hash } = event;
    const head = this.#heads.get(stream) ?? NO_STREAM;
    const [sealed] = seal(stream, head, [event]);
    this.#heads.set(stream, { revision, hash });
    this.#after = position;
    this.#byPlace.set(placeOf(stream, revision), event);
    const commandId = event.metadata['commandId'] as string;
    if (stream.startsWith('ticket-') && roleOf(event) !== 'system') {
      this.#unclaimed.set(commandId, [...(this.#unclaimed.get(commandId) ?? []), event]);
    }
    if (revision !== head.revision + 1) {
      return [`${stream} continues from revision ${head.revision} with ${revision}.`];
    }
    return sealed?.hash === hash && event.previousHash === head.hash
      ? []
      : [`The hash chain of ${stream} does not verify at revision ${revision}.`];
  }

  #claim({ order, ticketId, revision, position, events }: Outcome): string[] {
    const last = this.#byPlace.get(placeOf(`ticket-${ticketId}`, revision));
    const commandId = last?.metadata['commandId'] as string;
    const own = this.#unclaimed.get(commandId) ?? [];
    this.#unclaimed.delete(commandId);
    const types = own.map(({ type }) => type).join();
    const revisions = own.map((event) => event.revision).join();
    const wanted = events.map((_, index) => revision - events.length + 1 + index);
    const problems = {
      'is not in the log as it was answered': last?.position.toString() !== position,
      'is not in the log whole, or more than once': !order.appends.some(
        (whole) => whole.join() === types,
      ),
      'was answered with other events': types !== events.join(),
      'is scattered over its ticket': revisions !== wanted.join(),
      'is in the log with another text': !own.some((event) =>
        Object.values(decode(event).data).includes(order.key),
      ),
    };
    return Object.entries(problems).flatMap(([problem, found]) =>
      found ? [`Order ${order.key} (${order.command}) ${problem}: ${types} at ${revisions}`] : [],
    );
  }
}

const placeOf = (stream: string, revision: number): string => `${stream}@${revision}`;

const roleOf = ({ metadata }: RecordedEvent): string =>
  (metadata['actor'] as { role: string }).role;
