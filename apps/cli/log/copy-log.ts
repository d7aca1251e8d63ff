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

/** The maximum numbers of concurrent appends, and of events per append. */
const MAX_CONCURRENT_APPENDS = 256;
const MAX_APPEND_EVENTS = 50;
/** Every store caches the heads of at least this many recently appended streams. */
const RECENT_STREAMS = 1_000;

export interface CopyOptions {
  /** Interrupts the copy, which can be resumed. */
  readonly signal: AbortSignal;
  /** Receives the progress, as a position in the source. */
  readonly advanced: (what: 'comparing' | 'copying' | 'verifying', reached: Position) => void;
}

export interface CopyReport {
  /** Events that both logs have, each compared by its id, stream, revision and hash. */
  readonly events: number;
  /** How many of them this run copied. */
  readonly copied: number;
  /** SHA-256 over the hashes of all events, in order. */
  readonly digest: string;
  readonly interrupted: boolean;
}

/**
 * Copies a log into another one. Ids, types, times, revisions and hashes stay; positions may differ.
 * It first compares what the target already has, so an interrupted copy resumes, and finally reads
 * back and compares what it copied.
 *
 * @throws LogsDiffer if the target has a different history, or an event was altered.
 * @throws StoreUnavailable if a log cannot be read or written; the copy can be resumed.
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
      `The target should have ${sent} events and has ${common.events}. Another program writes to it: stop it, and copy into an empty log.`,
    );
  }
  const { events, digest } = common;
  return { events, copied: events - before, digest, interrupted: signal.aborted };
}

/** Appends events in the order of the log. */
class Appending {
  /** The number of events added. */
  events = 0;
  #group: RecordedEvent[] = [];
  readonly #inFlight = new Map<string, Promise<unknown>>();
  readonly #recent = new LRUCache<string, true>({ max: RECENT_STREAMS });

  constructor(private readonly target: EventStore) {}

  async add(event: RecordedEvent): Promise<void> {
    const [first] = this.#group;
    const fits = first?.stream === event.stream && this.#group.length < MAX_APPEND_EVENTS;
    if (first !== undefined && !fits) await this.#flush();
    this.#group.push(event);
    this.events += 1;
  }

  async end(): Promise<void> {
    await this.#flush();
    for (const stream of this.#inFlight.keys()) await this.#answered(stream);
  }

  async #flush(): Promise<void> {
    const group = this.#group;
    const [first] = group;
    if (first === undefined) return;
    this.#group = [];
    const { stream, revision, previousHash } = first;
    await this.#answered(stream);
    const [oldest] = this.#inFlight.keys();
    if (oldest !== undefined && this.#inFlight.size >= MAX_CONCURRENT_APPENDS)
      await this.#answered(oldest);
    const expected = { revision: revision - 1, hash: previousHash };
    const append = this.target.append(stream, expected, group).catch((error: unknown) => {
      throw isTaken(error) ? elsewhere(first) : error;
    });
    // It is awaited later and throws there; until then it must not count as an unhandled rejection.
    append.catch(() => undefined);
    this.#inFlight.set(stream, append);
    // A store without the cached head reads it first: no later append may overtake this one then.
    if (revision > 0 && !this.#recent.has(stream)) await this.#answered(stream);
    this.#recent.set(stream, true);
  }

  /** Waits for the running append to a stream, before the next one to it. */
  async #answered(stream: string): Promise<void> {
    const append = this.#inFlight.get(stream);
    if (append === undefined) return;
    await append;
    this.#inFlight.delete(stream);
  }
}

const isTaken = (error: unknown): boolean =>
  error instanceof WrongExpectedRevision || error instanceof EventIdTaken;

const elsewhere = ({ type, stream, revision }: RecordedEvent): LogsDiffer =>
  new LogsDiffer(
    `${type} (revision ${revision} of ${stream}) does not follow the previous event of its stream. Either the source was altered there, or another program writes to the target. Check the source, and copy into an empty log that no other program uses.`,
  );
