import type { Position } from '#event-store/event-store.js';
import type { FieldValue, Projection } from './projection.js';

/** The port to the read models. Adapters: `sqlite/`. Each passes `store.contract.ts`. */
export interface ReadModelStore {
  /** For the projector: opens a projection's copy to write to, and makes it where there is none. */
  openForWriting<View>(projection: Projection<View>): Promise<WritableCopy<View>>;
  /** For queries: the live copy of a projection, of the version that this code knows. */
  reader<View>(projection: Projection<View>): CollectionReader<View>;
  close(): Promise<void>;
}

export interface Change<View> {
  readonly id: string;
  readonly before: View | null;
  readonly after: View | null;
}

/** One copy of a projection, written by one projector. */
export interface WritableCopy<View> {
  /** How far this copy has got. */
  readonly checkpoint: Position;
  load(ids: readonly string[]): Promise<Map<string, View>>;
  /**
   * Writes documents and the new checkpoint, all or nothing.
   *
   * @throws CopyMoved where the checkpoint is not where this projector left it.
   */
  write(changes: readonly Change<View>[], checkpoint: Position): Promise<void>;
  /** Makes this the copy that queries are answered from, and drops the ones before it. */
  goLive(): Promise<void>;
  readonly live: boolean;
}

/** Another projector writes to the same copy, or it was dropped. */
export class CopyMoved extends Error {
  override readonly name = 'CopyMoved';
}

/** The read models cannot answer now: not there yet, being rebuilt, or their store is away. */
export class ReadModelUnavailable extends Error {
  override readonly name = 'ReadModelUnavailable';
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

export interface Found<View> {
  readonly id: string;
  readonly view: View;
}

/**
 * Reads one projection's live copy. All of it throws ReadModelUnavailable, and a query RangeError for
 * a field or a list that the projection does not have.
 */
export interface CollectionReader<View> {
  checkpoint(): Promise<Position>;
  get(id: string): Promise<View | null>;
  find(query: Query): Promise<readonly Found<View>[]>;
}
