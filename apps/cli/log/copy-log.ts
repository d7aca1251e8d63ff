import { LRUCache } from 'lru-cache';
import {
  EventIdTaken,
  WrongExpectedRevision,
  type EventReader,
  type EventStore,
  type Position,
  type RecordedEvent,
} from '#event-store/event-store.js';
import { checkHash, CommonPart, compareLogs, LogsDiffer } from './compare-logs.js';
import { logEvents } from './log-events.js';

/** So many appends are under way at once, and so many events go into one. */
const APPENDS_AT_ONCE = 256;
const EVENTS_AT_ONCE = 50;
/** Stores remember where streams end that were appended to lately: so many at least. */
const STREAMS_LATELY = 1_000;

export interface CopyOptions {
  /** Ends the copying where it is: it can be gone on with. */
  readonly signal: AbortSignal;
  /** Hears how far in the source something has got. */
  readonly advanced: (what: 'comparing' | 'copying' | 'verifying', reached: Position) => void;
}

export interface CopyReport {
  /** Events that both logs have, each compared by its id, stream, revision and hash. */
  readonly events: number;
  /** How many of them were copied now. */
  readonly copied: number;
  /** SHA-256 over the hashes of all events, in order. */
  readonly digest: string;
  readonly interrupted: boolean;
}

/**
 * Copies a log into another one: ids, types, times, revisions and hashes stay, positions are the
 * target's own. What the target has already is compared first, so that a copy that was broken off is
 * gone on with; what was copied is read back and compared.
 *
 * @throws LogsDiffer where the target has another history, or an event was altered.
 * @throws StoreUnavailable where a log cannot be read or written: it can be gone on with.
 */
export async function copyLog(
  source: EventReader,
  target: EventStore,
  { signal, advanced }: CopyOptions,
): Promise<CopyReport> {
  const common = new CommonPart();
  const comparing = (what: 'comparing' | 'verifying') => ({
    signal,
    advanced: (reached: Position) => {
      advanced(what, reached);
    },
  });
  await compareLogs(source, target, common, comparing('comparing'));
  const before = common.events;
  const appending = new Appending(target);
  for await (const event of logEvents(source, common.sourcePosition)) {
    if (signal.aborted) break;
    checkHash(event);
    await appending.add(event);
    advanced('copying', event.position);
  }
  await appending.end();
  const sent = before + appending.events;
  await compareLogs(source, target, common, comparing('verifying'));
  if (common.events !== sent && !signal.aborted) {
    throw new LogsDiffer(
      `${sent} events should be in the target, and ${common.events} are. Somebody else writes to it: stop that, and copy into an empty log.`,
    );
  }
  const { events, digest } = common;
  return { events, copied: events - before, digest, interrupted: signal.aborted };
}

/** Appends events in the order of the log. */
class Appending {
  /** How many were given to it. */
  events = 0;
  #group: RecordedEvent[] = [];
  readonly #underWay = new Map<string, Promise<unknown>>();
  readonly #lately = new LRUCache<string, true>({ max: STREAMS_LATELY });

  constructor(private readonly target: EventStore) {}

  async add(event: RecordedEvent): Promise<void> {
    const [first] = this.#group;
    const fits = first?.stream === event.stream && this.#group.length < EVENTS_AT_ONCE;
    if (first !== undefined && !fits) await this.#flush();
    this.#group.push(event);
    this.events += 1;
  }

  async end(): Promise<void> {
    await this.#flush();
    for (const stream of this.#underWay.keys()) await this.#answered(stream);
  }

  async #flush(): Promise<void> {
    const group = this.#group;
    const [first] = group;
    if (first === undefined) return;
    this.#group = [];
    const { stream, revision, previousHash } = first;
    await this.#answered(stream);
    const [oldest] = this.#underWay.keys();
    if (oldest !== undefined && this.#underWay.size >= APPENDS_AT_ONCE)
      await this.#answered(oldest);
    const expected = { revision: revision - 1, hash: previousHash };
    const append = this.target.append(stream, expected, group).catch((error: unknown) => {
      throw isTaken(error) ? elsewhere(first) : error;
    });
    // It is waited for later, and throws there: until then its failure must not count as nobody's.
    append.catch(() => undefined);
    this.#underWay.set(stream, append);
    // A store that does not know the stream's end looks it up first: nothing may overtake it then.
    if (revision > 0 && !this.#lately.has(stream)) await this.#answered(stream);
    this.#lately.set(stream, true);
  }

  /** Waits for the append to a stream that is under way: the next one to it goes behind it. */
  async #answered(stream: string): Promise<void> {
    const append = this.#underWay.get(stream);
    if (append === undefined) return;
    await append;
    this.#underWay.delete(stream);
  }
}

const isTaken = (error: unknown): boolean =>
  error instanceof WrongExpectedRevision || error instanceof EventIdTaken;

const elsewhere = ({ type, stream, revision }: RecordedEvent): LogsDiffer =>
  new LogsDiffer(
    `${type} (revision ${revision} of ${stream}) does not follow what is before it in its stream. Either the source was altered there, or somebody else writes to the target: check the source, and copy into an empty log that nobody uses.`,
  );
