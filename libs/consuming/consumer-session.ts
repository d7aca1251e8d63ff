import { setImmediate, setTimeout } from 'node:timers/promises';
import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import { START, type EventReader, type Position } from '#event-store/event-store.js';
import { followsStream } from '#projections/projection.js';
import type { PoisonEvent, WritableCopy } from '#view-stores/view-store.js';
import type { Checkpoint } from './checkpoint.js';
import { lostEnds } from './check-ends.js';
import { checkedInStream } from './check-in-stream.js';
import { nameOf, type Consumer, type ConsumerObserver } from './consumer.js';
import { DocumentCache } from './document-cache.js';
import { foldPage } from './fold-page.js';
import { PaceReport } from './pace-report.js';
import { PageEntry, type Page } from './page.js';
import { readMarked } from './stream-links.js';

/** The number of events of a parked stream that are retried together. */
const RETRY_PAGE_EVENTS = 500;

/** After this many events a check lets other work of the thread run. */
const CHECKS_PER_TURN = 50;

const RUNNING = { failure: null, eventsPerSecond: null, positionsPerSecond: null } as const;

/** One copy of a consumer's documents, open under a lease, on its way through the log. */
export class ConsumerSession {
  readonly #pace: PaceReport;
  readonly #documents: DocumentCache<object>;
  #parked = new Set<string>();
  /** The positions of events that a check has found missing at the ends of streams. */
  readonly #lostPositions = new Set<Position>();

  constructor(
    private readonly consumer: Consumer,
    private readonly copy: WritableCopy<object>,
    private readonly observer: ConsumerObserver,
    /** The position from which the copy may answer queries: the end of the log when this began. */
    private readonly readyAt: Position,
    private readonly log: Pick<EventReader, 'readStream'>,
    /** Whether this copy replaces the live one once it has caught up. */
    private readonly isRebuild: boolean,
  ) {
    this.#pace = new PaceReport(copy.checkpoint.position, performance.now());
    this.#documents = new DocumentCache((ids) => copy.load(ids));
  }

  get checkpoint(): Checkpoint {
    return this.copy.checkpoint;
  }

  get isLive(): boolean {
    return this.copy.live;
  }

  /**
   * No query reads the documents of a policy or a check, so they are live from the beginning; a
   * repeated check replaces the findings of the last one at its end.
   */
  async begin(): Promise<void> {
    const { act, check } = this.consumer;
    const isInternal = act !== undefined || (check !== undefined && !this.isRebuild);
    const isReady = this.copy.checkpoint.position >= this.readyAt;
    if (!this.copy.live && (isReady || isInternal)) await this.copy.goLive();
    await this.copy.report(RUNNING);
    this.#parked = new Set((await this.copy.parked()).keys());
  }

  /** A check parks the streams whose last events are lost. Nothing in the log shows that. */
  async checkEnds(signal: AbortSignal): Promise<void> {
    const { check } = this.consumer;
    if (check === undefined) return;
    for await (const ends of check.ends()) {
      if (signal.aborted) return;
      const park = await lostEnds(this.log, ends);
      if (park.length > 0) await this.copy.write([], this.copy.checkpoint, { park, release: [] });
      this.#report(park);
      for (const { position } of park) this.#lostPositions.add(position);
      await setTimeout((ends.length / check.maxEventsPerSecond) * 1_000);
    }
  }

  /**
   * Takes a page: folds it, writes documents and checkpoint, and for a policy acts on it.
   *
   * @throws GapInStream, CopyMoved, LeaseLost, and errors of the store or the action. An
   *   event that cannot be projected does not throw: it parks its stream.
   */
  async take(page: Page): Promise<void> {
    await this.#write(await this.#checked(page.entries), page.checkpoint, []);
    const hasCaughtUp = !page.isFull;
    const isReady = page.checkpoint.position >= this.readyAt && (hasCaughtUp || !this.isRebuild);
    if (!this.copy.live && isReady) await this.copy.goLive();
    const events = page.entries.length;
    const { position } = page.checkpoint;
    this.observer.consumed?.({ consumer: nameOf(this.consumer), events, position });
    const report = this.#pace.after(events, position, hasCaughtUp, performance.now());
    if (report !== null) await this.copy.report(report);
  }

  /**
   * Projects the skipped events of parked streams, up to the checkpoint. A stream that fails
   * again stays parked at its new failure, and one whose event is damaged or missing as it is.
   */
  async retryParked(signal: AbortSignal): Promise<void> {
    if (!this.consumer.projection.perStream) return;
    for (const parked of (await this.copy.parked()).values()) {
      const { stream, revision } = parked;
      if (await this.#isMissing(stream, revision, parked.position)) {
        // Parking it again ends the request for a retry.
        const parking = { park: [parked], release: [] };
        if (parked.retry) await this.copy.write([], this.copy.checkpoint, parking);
        continue;
      }
      this.#parked.delete(stream);
      let from = revision;
      let isDone = false;
      while (!isDone && !signal.aborted) {
        const events = await readMarked(this.log, stream, from, RETRY_PAGE_EVENTS);
        const { checkpoint } = this.copy;
        const missed = events.filter(({ position }) => position <= checkpoint.position);
        const isLast = missed.length < RETRY_PAGE_EVENTS;
        const entries = missed.map((event) => new PageEntry(event));
        await this.#write(entries, checkpoint, isLast ? [stream] : []);
        isDone = isLast || this.#parked.has(stream);
        from += events.length;
      }
    }
  }

  async #write(
    entries: readonly PageEntry[],
    checkpoint: Checkpoint,
    release: readonly string[],
  ): Promise<void> {
    const since = performance.now();
    const { projection, act } = this.consumer;
    const followed = entries.filter(({ stored }) => followsStream(projection, stored.stream));
    const load = (ids: readonly string[]) => this.#documents.load(ids);
    const { changes, park } = await foldPage(
      projection,
      followed,
      this.#parked,
      load,
      (stream, at) => this.#isMissing(stream, at),
    );
    const parking = { park, release: park.length > 0 ? [] : release };
    if (act === undefined) {
      await this.copy.write(changes, checkpoint, parking);
    } else {
      if (changes.length > 0) await this.copy.write(changes, this.copy.checkpoint);
      await act(this.#decoded(followed, park));
      await this.copy.write([], checkpoint, parking);
    }
    this.#documents.keep(changes);
    this.#report(park);
    // A copy that is not live reads old events: the traces of their commands ended long ago.
    if (this.copy.live && followed.length > 0 && this.observer.written !== undefined) {
      const events = followed.map(({ stored }) => stored);
      this.observer.written({ consumer: projection.name, events, parked: this.#parked, since });
    }
  }

  #report(park: readonly PoisonEvent[]): void {
    for (const { stream, revision, position, error } of park) {
      this.#parked.add(stream);
      const place = { stream, revision, position: position.toString() };
      this.observer.parked?.({ consumer: nameOf(this.consumer), ...place, error });
    }
  }

  /** A repeated check also reads each event in its stream, at a limited pace. */
  async #checked(entries: readonly PageEntry[]): Promise<readonly PageEntry[]> {
    const { check } = this.consumer;
    if (check === undefined || !this.isRebuild) return entries;
    const checked: PageEntry[] = [];
    for (const entry of entries) {
      // The place of a lost end is known: its stream is parked.
      if (this.#lostPositions.has(entry.stored.position)) continue;
      const event = await checkedInStream(this.log, entry.stored);
      checked.push(event === entry.stored ? entry : new PageEntry(event));
      if (checked.length % CHECKS_PER_TURN === 0) await setImmediate();
    }
    await setTimeout((entries.length / check.maxEventsPerSecond) * 1_000);
    return checked;
  }

  /** Whether the log has no usable event at a revision of a stream, up to a position if that is known. */
  async #isMissing(stream: string, revision: number, upTo = START): Promise<boolean> {
    const [event] = await this.log.readStream(stream, { from: revision, limit: 1 });
    if (event?.revision !== revision || event.damage !== undefined) return true;
    return upTo !== START && event.position > upTo;
  }

  /** The events of streams that are not parked. */
  #decoded(
    entries: readonly PageEntry[],
    park: readonly { readonly stream: string }[],
  ): DecodedEvent[] {
    const parked = new Set([...this.#parked, ...park.map(({ stream }) => stream)]);
    return entries.filter(({ stored }) => !parked.has(stored.stream)).map(({ event }) => event);
  }
}
