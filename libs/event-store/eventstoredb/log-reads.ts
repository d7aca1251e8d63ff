import { setTimeout as pause } from 'node:timers/promises';
import type { AllStreamResolvedEvent, ResolvedEvent, StreamingRead } from '@eventstore/db-client';
import {
  START,
  type Position,
  type ReadStreamOptions,
  type RecordedEvent,
} from '../event-store.js';
import type { Connection } from './connection.js';
import { unavailable, within } from './errors.js';
import { positionOf, toRecordedEvent } from './records.js';
import { Slots } from './slots.js';

/** So many reads are under way at once, and so many wait. */
const AT_ONCE = 64;
const LONGEST_QUEUE = 10_000;

/** How long a read is tried, in milliseconds. */
const PATIENCE = 2_500;
const REST_MILLISECONDS = 100;

/** So many events are read at once from the whole log. */
const CHUNK = 500;

/** An event of the whole log: ours, or null where it is somebody else's. */
export interface Place {
  readonly position: Position;
  readonly event: RecordedEvent | null;
}

/** Single reads, each with a deadline; one that the network broke off is tried again within it. */
export class LogReads {
  readonly #slots = new Slots(AT_ONCE, LONGEST_QUEUE, PATIENCE);

  constructor(private readonly connection: Connection) {}

  async stream(stream: string, options: ReadStreamOptions): Promise<readonly RecordedEvent[]> {
    const { from, direction = 'forwards', limit } = options;
    const begin = direction === 'forwards' ? 'start' : 'end';
    const read = (fromRevision: bigint | 'start' | 'end') =>
      this.#read(() =>
        this.connection.readStream(stream, {
          direction,
          fromRevision,
          maxCount: limit,
          requiresLeader: true,
        }),
      );
    const events = (await read(from === undefined ? begin : BigInt(from))).map(({ event }) => {
      const recorded = toRecordedEvent(event);
      if (recorded !== null) return recorded;
      throw new Error(`Stream ${stream} holds an event that this program did not write.`);
    });
    if (direction === 'backwards' && from !== undefined && events.length === 0) {
      // From behind its end: not every server goes back to it by itself.
      return this.stream(stream, { direction, limit });
    }
    return events;
  }

  /** Events of the whole log behind a position, at most so many of them; fewer only at its end. */
  async behind(after: Position, limit: number): Promise<readonly Place[]> {
    const fromPosition = after === START ? 'start' : { commit: after, prepare: after };
    const read = await this.#read(() =>
      this.connection.readAll({
        fromPosition,
        // A read begins with the event at the position.
        maxCount: after === START ? limit : limit + 1,
        requiresLeader: true,
      }),
    );
    const places = read.map(placeOf).filter(({ position }) => position > after);
    return places.slice(0, limit);
  }

  /** The event that stands at a position, or null. */
  async at(position: Position): Promise<RecordedEvent | null> {
    const fromPosition = { commit: position, prepare: position };
    const read = await this.#read(() =>
      this.connection.readAll({ fromPosition, maxCount: 1, requiresLeader: true }),
    );
    const place = read.map(placeOf)[0];
    return place?.position === position ? place.event : null;
  }

  /** Our last event's position: events of others are gone past, down to one that is known to be ours. */
  async head(known: Position): Promise<Position> {
    let before: Position | null = null;
    for (let count = 1; ; count = CHUNK) {
      const places = await this.#backwards(before, count);
      for (const { position, event } of places) {
        if (event !== null) return position;
        if (position <= known) return known;
      }
      if (places.length < count) return START;
      before = places.at(-1)?.position ?? null;
    }
  }

  async #backwards(before: Position | null, maxCount: number): Promise<readonly Place[]> {
    const fromPosition = before === null ? 'end' : { commit: before, prepare: before };
    const read = await this.#read(() =>
      this.connection.readAll({
        direction: 'backwards',
        fromPosition,
        maxCount,
        requiresLeader: true,
      }),
    );
    return read.map(placeOf);
  }

  #read<Event extends AllStreamResolvedEvent | ResolvedEvent>(
    open: () => StreamingRead<Event>,
  ): Promise<readonly Event[]> {
    return this.#slots.run(async () => {
      const deadline = performance.now() + PATIENCE;
      for (;;) {
        const left = deadline - performance.now();
        try {
          return await collect(open(), left);
        } catch (error) {
          if (typeOf(error) === 'stream-not-found') return [];
          const isOver = performance.now() + REST_MILLISECONDS >= deadline;
          if (isOver || typeOf(error) === 'access-denied') throw unavailable('read', error);
          await pause(REST_MILLISECONDS);
        }
      }
    });
  }
}

async function collect<Event>(
  reading: StreamingRead<Event>,
  milliseconds: number,
): Promise<readonly Event[]> {
  const events: Event[] = [];
  const all = async () => {
    for await (const event of reading) events.push(event);
  };
  try {
    await within(milliseconds, 'read', all());
  } catch (error) {
    // What is thrown is why it ended; a server that cannot be told so is gone.
    void reading.cancel().catch(() => undefined);
    reading.destroy();
    throw error;
  }
  return events;
}

const typeOf = (error: unknown): string | undefined => (error as { type?: string }).type;

function placeOf(read: AllStreamResolvedEvent): Place {
  const { event, commitPosition = 0n } = read;
  const position = positionOf(event?.position ?? { commit: commitPosition });
  return { position, event: toRecordedEvent(event) };
}
