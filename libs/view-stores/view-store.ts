import type { Checkpoint } from '#consuming/checkpoint.js';
import type { Position } from '#event-store/event-store.js';
import type { Wait } from '#event-store/follow.js';
import type { ConsumerIdentity, Lease, Leases } from '#consuming/lease.js';
import type { FieldValue, Projection } from '#projections/projection.js';

/** Stores documents of projections. Adapters: `sqlite/`, `mongodb/`. Each passes `view-store.contract.ts`. */
export abstract class ViewStore {
  /** Decide which process may write. */
  abstract readonly leases: Leases;
  /**
   * Opens a copy for its projector: the live one, otherwise the one being built, otherwise a new
   * one. Holders of earlier leases can no longer write to it.
   *
   * @throws LeaseLost if another process has taken the lease.
   */
  abstract openForWriting<View>(
    projection: Projection<View>,
    lease: Lease,
  ): Promise<WritableCopy<View>>;
  /**
   * Opens the rebuild of a live copy for its projector; null if there is none.
   *
   * @throws LeaseLost if another process has taken the lease.
   */
  abstract openRebuild<View>(
    projection: Projection<View>,
    lease: Lease,
  ): Promise<WritableCopy<View> | null>;
  /** Starts a rebuild of the live copy; one that is running continues. */
  abstract requestRebuild<View>(projection: Projection<View>): Promise<void>;
  /** Marks the parked streams of the live copy for a retry by the projector. */
  abstract requestRetry(projection: ConsumerIdentity): Promise<void>;
  /**
   * Halts the live copy: its readers throw `ViewsHalted` with this reason. Null ends the halt. It
   * does not affect copies that go live later.
   */
  abstract setHalt(projection: ConsumerIdentity, reason: string | null): Promise<void>;
  /** The status of the copies of a projection's version. */
  abstract status(projection: ConsumerIdentity): Promise<ProjectionStatus>;
  /** Reads the live copy of this version of a projection. */
  abstract reader<View>(projection: Projection<View>): ViewReader<View>;
  /**
   * Starts a wait for the next write of documents, by any process. It may end early, and ends after
   * the timeout at the latest.
   */
  abstract waitForWrite(timeoutMs: number): Wait;
  abstract close(): Promise<void>;
}

export interface ProjectionStatus {
  readonly live: CopyStatus | null;
  /** The copy being built: the first one, or the rebuild of a live one. */
  readonly rebuild: CopyStatus | null;
}

export interface CopyStatus {
  readonly checkpoint: Checkpoint;
  /** Why the copy must not answer queries; null if it may. */
  readonly halted: string | null;
  readonly parked: readonly ParkedStream[];
  readonly report: CopyReport;
}

/** The projector's last report on a copy. */
export interface CopyReport {
  /** Why it stopped; null while it runs. */
  readonly failure: string | null;
  /** Null until it has run long enough to measure. */
  readonly eventsPerSecond: number | null;
  /** Progress in the log per second, including skipped events; null like the above. */
  readonly positionsPerSecond: number | null;
}

/** A stream whose event could not be projected: its document stays as it was. */
export interface ParkedStream extends PoisonEvent {
  /** A retry was requested. */
  readonly retry: boolean;
}

/** An event that could not be projected. */
export interface PoisonEvent {
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
  readonly type: string;
  /** The error's message. */
  readonly error: string;
}

/** Changes of the parked streams. */
export interface Parking {
  readonly park: readonly PoisonEvent[];
  readonly release: readonly string[];
}

export interface Change<View> {
  readonly id: string;
  readonly before: View | null;
  readonly after: View | null;
}

/** One copy of a projection, open for its projector. */
export interface WritableCopy<View> {
  readonly checkpoint: Checkpoint;
  readonly live: boolean;
  load(ids: readonly string[]): Promise<Map<string, View>>;
  /** The parked streams by name. */
  parked(): Promise<Map<string, ParkedStream>>;
  /**
   * Writes documents, parked streams and the new checkpoint in one transaction: all or nothing.
   *
   * @throws CopyMoved if another projector holds the lease, or the copy was dropped.
   */
  write(changes: readonly Change<View>[], checkpoint: Checkpoint, parking?: Parking): Promise<void>;
  /** Saves progress for `status()`; does nothing once the lease is lost. */
  report(report: CopyReport): Promise<void>;
  /** Makes this the live copy and drops all other copies of the projection. */
  goLive(): Promise<void>;
  /** Drops this copy, which must not be live. */
  discard(): Promise<void>;
}

/** Another projector has taken the lease of the copy, or it was dropped. */
export class CopyMoved extends Error {
  override readonly name = 'CopyMoved';
}

/** The read models cannot answer now: they are being built, or their store is unreachable. */
export class ViewStoreUnavailable extends Error {
  override readonly name = 'ViewStoreUnavailable';
}

/** The documents are damaged: they do not answer until they have been rebuilt from the log. */
export class ViewsDamaged extends ViewStoreUnavailable {
  static by(cause: unknown): ViewsDamaged {
    return new ViewsDamaged('The read models are damaged. They are rebuilt from the log.', {
      cause,
    });
  }
}

/** Null if the read models cannot be read at the moment. Any other error is thrown. */
export async function unlessUnavailable<Result>(reading: Promise<Result>): Promise<Result | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof ViewStoreUnavailable) return null;
    throw error;
  }
}

export type Condition =
  | { readonly field: string; readonly in: readonly FieldValue[] }
  | { readonly field: string; readonly from?: FieldValue; readonly until?: FieldValue }
  /** A list contains at least one of these values. */
  | { readonly list: string; readonly has: readonly string[] };

export interface Query {
  readonly where: readonly Condition[];
  readonly sort: { readonly field: string; readonly descending: boolean };
  readonly limit: number;
  /** Ends with the document that makes the found ones larger than this. @default no limit */
  readonly maxBytes?: number;
  /** Starts after this document. */
  readonly after?: Place;
}

/** A place in the order of a query. */
export interface Place {
  /** The value of the sort field. */
  readonly value: FieldValue;
  readonly id: string;
}

export interface Counted {
  /** The values of the fields that it is grouped by, in their order. */
  readonly values: readonly FieldValue[];
  readonly count: number;
}

/** A document, and its place in the order of the query that found it. */
export interface Found<View> extends Place {
  readonly view: View;
  /** The size of the document as stored, in UTF-8. */
  readonly bytes: number;
}

/** For adapters: the documents of a query, found by their stored texts. */
export class FoundDocuments<View> {
  readonly all: Found<View>[] = [];
  #bytes = 0;

  constructor(
    private readonly projection: Projection<View>,
    private readonly query: Query,
  ) {}

  /** Whether the query has all documents that it asks for. */
  isComplete(): boolean {
    const { limit, maxBytes = Infinity } = this.query;
    return this.all.length >= limit || this.#bytes > maxBytes;
  }

  /** Adds a document, and returns it. */
  add(id: string, text: string): View {
    const view = JSON.parse(text) as View;
    const bytes = Buffer.byteLength(text);
    const value = this.projection.fields[this.query.sort.field]?.(view) ?? null;
    this.all.push({ id, value, view, bytes });
    this.#bytes += bytes;
    return view;
  }
}

/**
 * Reads one projection's live copy. All methods throw ViewStoreUnavailable; queries throw RangeError
 * for an unknown field or list.
 */
export interface ViewReader<View> {
  checkpoint(): Promise<Position>;
  get(id: string): Promise<View | null>;
  find(query: Query): Promise<readonly Found<View>[]>;
  /**
   * Counts documents, grouped by fields, in no particular order. Several sets of conditions are
   * counted from one snapshot if the store has them; a group is returned once for each set.
   */
  count(
    by: readonly string[],
    ...where: readonly (readonly Condition[])[]
  ): Promise<readonly Counted[]>;
}

/** The documents were built from another log and must not be shown. */
export class ViewsHalted extends ViewStoreUnavailable {}
