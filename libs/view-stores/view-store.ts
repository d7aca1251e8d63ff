import type { Checkpoint } from '#consuming/checkpoint.js';
import type { Position } from '#event-store/event-store.js';
import type { ConsumerIdentity, Lease, Leases } from '#consuming/lease.js';
import type { FieldValue, Projection } from '#projections/projection.js';

/** The port to the read models. Adapters: `sqlite/`, `mongodb/`. Each passes `view-store.contract.ts`. */
export abstract class ViewStore {
  /** Who may write. */
  abstract readonly leases: Leases;
  /**
   * For the projector: the live copy of a projection; where none is live the one that is being
   * made, and where there is none either a new one. From then on nobody with an older lease writes.
   *
   * @throws LeaseLost where another has the lease by now.
   */
  abstract openForWriting<View>(
    projection: Projection<View>,
    lease: Lease,
  ): Promise<WritableCopy<View>>;
  /**
   * For the projector: the copy that was begun beside the live one, or null.
   *
   * @throws LeaseLost where another has the lease by now.
   */
  abstract openRebuild<View>(
    projection: Projection<View>,
    lease: Lease,
  ): Promise<WritableCopy<View> | null>;
  /** Begins a copy beside the live one. Where one is being made already, that one goes on. */
  abstract requestRebuild<View>(projection: Projection<View>): Promise<void>;
  /** Asks the projector to try the parked streams of the live copy again. */
  abstract requestRetry(projection: ConsumerIdentity): Promise<void>;
  /**
   * Halts the live copy: its readers throw `ViewsHalted` with this reason. Null lets it answer again.
   * A copy that goes live later is not halted.
   */
  abstract setHalt(projection: ConsumerIdentity, reason: string | null): Promise<void>;
  /** How the copies of a projection's version are. Null where there is no such copy. */
  abstract status(projection: ConsumerIdentity): Promise<ProjectionStatus>;
  /** For queries: the live copy of a projection, of the version that this code knows. */
  abstract reader<View>(projection: Projection<View>): ViewReader<View>;
  abstract close(): Promise<void>;
}

export interface ProjectionStatus {
  readonly live: CopyStatus | null;
  /** A copy that is being made: the first one, or one beside the live one. */
  readonly rebuild: CopyStatus | null;
}

export interface CopyStatus {
  readonly checkpoint: Checkpoint;
  /** Why the copy must not answer; null where it may. */
  readonly halted: string | null;
  readonly parked: readonly ParkedStream[];
  readonly report: CopyReport;
}

/** What the projector last said of its work on a copy. */
export interface CopyReport {
  /** Why it has stopped; null while it runs. */
  readonly failure: string | null;
  /** Events a second, where it has been at work long enough to say. */
  readonly eventsPerSecond: number | null;
  /** How far it moves on in the log in a second, past events of other types, too. */
  readonly positionsPerSecond: number | null;
}

/** A stream whose event could not be projected: it is left as it was, and the others go on. */
export interface ParkedStream extends PoisonEvent {
  /** Somebody asked for it to be tried again. */
  readonly retry: boolean;
}

/** An event that could not be projected. */
export interface PoisonEvent {
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
  readonly type: string;
  /** What went wrong, in words. */
  readonly error: string;
}

/** Streams that are parked with a write, and streams that are not any more. */
export interface Parking {
  readonly park: readonly PoisonEvent[];
  readonly release: readonly string[];
}

export interface Change<View> {
  readonly id: string;
  readonly before: View | null;
  readonly after: View | null;
}

/** One copy of a projection, written by one projector. */
export interface WritableCopy<View> {
  /** How far this copy has got. */
  readonly checkpoint: Checkpoint;
  readonly live: boolean;
  load(ids: readonly string[]): Promise<Map<string, View>>;
  /** The streams that are parked, by name. */
  parked(): Promise<Map<string, ParkedStream>>;
  /**
   * Writes documents, parked streams and the new checkpoint in one transaction: all or nothing.
   *
   * @throws CopyMoved if another projector holds the lease, or the copy was dropped.
   */
  write(changes: readonly Change<View>[], checkpoint: Checkpoint, parking?: Parking): Promise<void>;
  /** Leaves word of the work, for whoever asks for the status; not any more where write throws. */
  report(report: CopyReport): Promise<void>;
  /** Makes this the copy that queries are answered from, and drops the ones before it. */
  goLive(): Promise<void>;
  /** Drops this copy, which is not live. */
  discard(): Promise<void>;
}

/** Another projector has the lease of the copy, or it was dropped. */
export class CopyMoved extends Error {
  override readonly name = 'CopyMoved';
}

/** The read models cannot answer now: not there yet, being rebuilt, or their store is away. */
export class ViewStoreUnavailable extends Error {
  override readonly name = 'ViewStoreUnavailable';
}

export type Condition =
  | { readonly field: string; readonly in: readonly FieldValue[] }
  | { readonly field: string; readonly from?: FieldValue; readonly until?: FieldValue }
  /** A field with many values has this one. */
  | { readonly list: string; readonly has: string };

export interface Query {
  readonly where: readonly Condition[];
  readonly sort: { readonly field: string; readonly descending: boolean };
  readonly limit: number;
  /** Goes on behind this document: its value of the sorting field, and its id. */
  readonly after?: { readonly value: FieldValue; readonly id: string };
}

/** Which documents to count, and by which of their fields. */
export interface Tally {
  readonly where: readonly Condition[];
  readonly by: readonly string[];
  /** Counts a document once for each value that this list has; not at all where it has none. */
  readonly list?: string;
}

export interface Counted {
  /** The values of the fields counted by, in their order, and the list's value behind them. */
  readonly values: readonly FieldValue[];
  readonly count: number;
}

export interface Found<View> {
  readonly id: string;
  readonly view: View;
}

/**
 * Reads one projection's live copy. All of it throws ViewStoreUnavailable, and a query RangeError for
 * a field or a list that the projection does not have.
 */
export interface ViewReader<View> {
  checkpoint(): Promise<Position>;
  get(id: string): Promise<View | null>;
  find(query: Query): Promise<readonly Found<View>[]>;
  /** Counts documents by groups; groups come in no order. */
  count(tally: Tally): Promise<readonly Counted[]>;
  /**
   * Counts by several tallies that group alike, in one look: what moves from one to another
   * meanwhile is counted once, where the store can. A group comes once for each tally that has it.
   */
  countAll(tallies: readonly Tally[]): Promise<readonly Counted[]>;
}

/** The documents were made from another log than the one there is now: they must not be shown. */
export class ViewsHalted extends ViewStoreUnavailable {}
