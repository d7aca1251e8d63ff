import { setTimeout as pause } from 'node:timers/promises';
import type { AllStreamResolvedEvent, ResolvedEvent, StreamingRead } from '@eventstore/db-client';
import {
  START,
  type Position,
  type ReadStreamOptions,
  type RecordedEvent,
} from '../event-store.js';
import { damagedEvent } from '../integrity/chain.js';
import { DELETED } from '../history.js';
import type { Connection } from './connection.js';
import { typeOf, unavailable, within } from './errors.js';
import { foreign, positionOf, toRecordedEvent } from './records.js';
import { Slots } from './slots.js';

/** The maximum numbers of concurrent and waiting reads. */
const MAX_CONCURRENT = 64;
const MAX_QUEUED = 10_000;

/** How long a read is retried, and the pause between attempts. */
const READ_TIMEOUT_MS = 2_500;
const RETRY_DELAY_MS = 100;

/** How many events are read at once from the whole log. */
const CHUNK_EVENTS = 500;

/** An event of the whole log; `event` is null if another program wrote it. */
export interface Place {
  readonly position: Position;
  readonly event: RecordedEvent | null;
}

/** Reads the log. Each read has a deadline and is retried within it. */
export class LogReads {
  readonly #slots = new Slots(MAX_CONCURRENT, MAX_QUEUED, READ_TIMEOUT_MS);

  constructor(private readonly connection: Connection) {}

  /** A stream that was deleted for good has one damaged event. */
  async stream(stream: string, options: ReadStreamOptions): Promise<readonly RecordedEvent[]> {
    try {
      return await this.#stream(stream, options);
    } catch (error) {
      if (typeOf(error) !== 'stream-deleted') throw error;
      return [damagedEvent({ stream, revision: options.from ?? 0, position: START }, DELETED)];
    }
  }

  async #stream(stream: string, options: ReadStreamOptions): Promise<readonly RecordedEvent[]> {
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
    const events = (await read(from === undefined ? begin : BigInt(from))).flatMap(
      ({ event }) => toRecordedEvent(event) ?? foreignEvent(event),
    );
    if (direction === 'backwards' && from !== undefined && events.length === 0) {
      // The revision is after the stream's end: some servers return nothing then.
      return this.#stream(stream, { direction, limit });
    }
    return events;
  }

  /** Up to `limit` events of the whole log after a position; fewer only at its end. */
  async behind(after: Position, limit: number): Promise<readonly Place[]> {
    const fromPosition = after === START ? 'start' : { commit: after, prepare: after };
    const read = await this.#read(() =>
      this.connection.readAll({
        fromPosition,
        // A read starts with the event at the position itself.
        maxCount: after === START ? limit : limit + 1,
        requiresLeader: true,
      }),
    );
    const places = read.map(placeOf).filter(({ position }) => position > after);
    return places.slice(0, limit);
  }

  /** The event at a position, or null. */
  async at(position: Position): Promise<RecordedEvent | null> {
    const fromPosition = { commit: position, prepare: position };
    try {
      const read = await this.#read(() =>
        this.connection.readAll({ fromPosition, maxCount: 1, requiresLeader: true }),
      );
      const place = read.map(placeOf)[0];
      return place?.position === position ? place.event : null;
    } catch (error) {
      if (isInvalidPosition((error as Error).cause)) return null;
      throw error;
    }
  }

  /** The position of our last event; skips events of others, down to a known event of ours. */
  async head(known: Position): Promise<Position> {
    let before: Position | null = null;
    for (let count = 1; ; count = CHUNK_EVENTS) {
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
      const deadline = performance.now() + READ_TIMEOUT_MS;
      for (;;) {
        const left = deadline - performance.now();
        try {
          return await collect(open(), left);
        } catch (error) {
          if (typeOf(error) === 'stream-not-found') return [];
          const isOver = performance.now() + RETRY_DELAY_MS >= deadline;
          if (typeOf(error) === 'stream-deleted') throw error;
          const isFinal = typeOf(error) === 'access-denied' || isInvalidPosition(error);
          if (isOver || isFinal) throw unavailable('read', error);
          await pause(RETRY_DELAY_MS);
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
    // The first error is reported; a failing cancel means that the server is gone.
    void reading.cancel().catch(() => undefined);
    reading.destroy();
    throw error;
  }
  return events;
}

/** The position is within an event: it is of another log. */
const isInvalidPosition = (error: unknown): boolean =>
  /invalid position/i.test((error as Error | undefined)?.message ?? '');

/** An event of another program in a stream that is read as one of ours. */
const foreignEvent = (event: ResolvedEvent['event']): RecordedEvent[] => {
  if (event?.position === undefined) return [];
  const { id, streamId: stream, type, revision, position } = event;
  return [
    foreign({ id, stream, type, revision: Number(revision), position: positionOf(position) }),
  ];
};

function placeOf(read: AllStreamResolvedEvent): Place {
  const { event, commitPosition = 0n } = read;
  const position = positionOf(event?.position ?? { commit: commitPosition });
  return { position, event: toRecordedEvent(event) };
}
