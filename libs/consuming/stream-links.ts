import { LRUCache } from 'lru-cache';
import {
  NO_STREAM,
  type EventReader,
  type RecordedEvent,
  type StreamHead,
} from '#event-store/event-store.js';
import { HistoryDamaged, requireHistory } from '#event-store/history.js';

/** The number of streams whose last event is remembered. */
const MAX_REMEMBERED_STREAMS = 10_000;

/**
 * Checks that an event has the hash of the one before it in its stream, as far as that one was read
 * recently. The rest of the chain is checked where a whole stream is read.
 */
export class StreamLinks {
  readonly #heads = new LRUCache<string, StreamHead>({ max: MAX_REMEMBERED_STREAMS });

  constructor(private readonly log: Pick<EventReader, 'readStream'>) {}

  /** The same events; one that does not follow the one before it is marked as damaged. */
  async checked(events: readonly RecordedEvent[]): Promise<readonly RecordedEvent[]> {
    const checked: RecordedEvent[] = [];
    for (const event of events) {
      const { stream, revision, hash, damage } = event;
      const isLinked = damage !== undefined || (await this.#isLinked(event));
      checked.push(isLinked ? event : { ...event, damage: 'does not follow the one before it' });
      this.#heads.set(stream, { revision, hash });
    }
    return checked;
  }

  async #isLinked({ stream, revision, previousHash }: RecordedEvent): Promise<boolean> {
    const before = this.#heads.get(stream);
    if (before?.revision !== revision - 1 || before.hash === previousHash) return true;
    // The event before may be another one by now: the log was replaced, which others notice.
    const [now] = await this.log.readStream(stream, { from: revision - 1, limit: 1 });
    return now?.hash === previousHash;
  }
}

/**
 * Reads a part of a stream and checks each event against the one before, the first too. The first
 * event that is not what was appended is marked as damaged.
 */
export async function readMarked(
  log: Pick<EventReader, 'readStream'>,
  stream: string,
  from: number,
  limit: number,
): Promise<readonly RecordedEvent[]> {
  const events = await log.readStream(stream, { from, limit });
  let before: StreamHead | null = NO_STREAM;
  if (from > 0) [before = null] = await log.readStream(stream, { from: from - 1, limit: 1 });
  return events.map((event) => {
    const problem = problemAfter(stream, before, event);
    before = event;
    return problem === null ? event : { ...event, damage: problem };
  });
}

function problemAfter(
  stream: string,
  before: StreamHead | null,
  event: RecordedEvent,
): string | null {
  try {
    requireHistory(stream, before, [event]);
    return null;
  } catch (error) {
    if (!(error instanceof HistoryDamaged)) throw error;
    // A gap before the event is found by the projection that needs what is missing.
    return error.place.revision === event.revision ? error.problem : null;
  }
}
