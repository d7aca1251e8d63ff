import type { DecodedEvent, EventEnvelope } from '#event-store/codec/decoded-event.js';
import type { Position } from '#event-store/event-store.js';

/** A value by which documents can be found and sorted. */
export type FieldValue = string | number | null;

/** The kinds of streams: a stream's name is its category, a hyphen and the id of its subject. */
export type StreamCategory = 'ticket' | 'service' | 'engineer';

/**
 * A projection: a pure function from events to documents, written once for every store.
 *
 * It receives every event of its categories, of any type. Whatever it counts or finds by state,
 * handler, owner, service, severity or tenant it derives from the facets that each ticket event
 * carries, so that a new type of event needs no change here.
 *
 * @typeParam View - one document, plain JSON
 */
export interface Projection<View> {
  readonly name: string;
  /** Raise it with every change of what is projected or indexed: the projection is then rebuilt. */
  readonly version: number;
  /** The categories of streams whose events it receives; all also includes events of no stream. */
  readonly categories: readonly StreamCategory[] | 'all';
  /**
   * The ids of the documents that an event may change, from the event alone, besides those that it makes.
   *
   * @throws Error for an event that cannot be projected: its stream is parked.
   */
  touches(event: DecodedEvent): readonly string[];
  /**
   * The ids of the documents that an event makes, and that no other event changes: stores need not
   * look for earlier ones. A repeated event makes them again, or none.
   *
   * @default none
   */
  makes?(event: DecodedEvent): readonly string[];
  /**
   * The document after the event; null if there is none. A repeated event changes nothing.
   *
   * @param touched - looks up the documents that the event touches, as they were before it
   * @throws Error for an event that cannot be projected: its stream is parked.
   * @throws GapInStream if an event of the stream is missing
   */
  project(
    view: View | null,
    event: DecodedEvent,
    id: string,
    touched: (id: string) => View | null,
  ): View | null;
  /**
   * Whether each document belongs to one stream and guards itself by its revision. Events of such
   * a stream may be projected later than those of others; other projections need a rebuild instead.
   */
  readonly perStream: boolean;
  /**
   * The fields by which documents are found and sorted: values of one type each, or null. A field
   * with the name `id` is the document's id; no index is needed for it.
   */
  readonly fields: { readonly [name: string]: (view: View) => FieldValue };
  /** Fields with many values, by each of which a document is found. */
  readonly lists: { readonly [name: string]: (view: View) => readonly string[] };
  /** The combinations of fields that queries need an index for. */
  readonly indexes: readonly (readonly string[])[];
  /**
   * Fields that every index includes after its own, so that a document that does not match is
   * skipped without reading it. For collections that are searched by any mix of conditions: a store
   * chooses the index by the number of documents that meet each condition.
   *
   * @default none
   */
  readonly alongside?: readonly string[];
}

/** The field that is the id of a document. */
export const ID_FIELD = 'id';

/** The fields besides the id. */
export const ownFields = <Field>(fields: { readonly [name: string]: Field }): [string, Field][] =>
  Object.entries(fields).filter(([name]) => name !== ID_FIELD);

/** Whether a projection receives the events of a stream. */
export const followsStream = (
  { categories }: Pick<Projection<never>, 'categories'>,
  stream: string,
): boolean =>
  categories === 'all' || categories.some((category) => stream.startsWith(`${category}-`));

/** The last event of a stream that a read model has seen. */
export interface StreamEnd {
  readonly stream: string;
  readonly revision: number;
  /** `START` if it is unknown. */
  readonly position: Position;
}

/** An event does not directly follow what a document has seen: the log was not read in order. */
export class GapInStream extends Error {
  override readonly name = 'GapInStream';
  /** The revision of the first missing event. */
  readonly missing: number;
  constructor(event: EventEnvelope, seen: number) {
    super(
      `${event.stream} is at revision ${event.revision}, but its view has seen events only up to ${seen}.`,
    );
    this.missing = seen + 1;
  }
}

/**
 * The document after an event of a revision that it has seen.
 *
 * @throws Error if it is no repeat: what was seen was removed, and another event has its revision
 */
export function afterRepeat<View extends { readonly position?: string }>(
  view: View,
  { stream, revision, position }: EventEnvelope,
): View {
  if (view.position === undefined || position <= BigInt(view.position)) return view;
  throw new Error(
    `${stream} has an event of revision ${revision} at position ${position}, but its view has seen another one of that revision.`,
  );
}
