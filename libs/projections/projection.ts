import type { DecodedEvent, DomainEvent, EventEnvelope } from '#event-store/codec/decoded-event.js';

/** A value by which documents can be found and sorted. */
export type FieldValue = string | number | null;

/**
 * A projection: a pure function from events to views, written once for every store.
 *
 * @typeParam View - one document, plain JSON
 */
export interface Projection<View> {
  readonly name: string;
  /** Raise it with every change of what is projected or indexed: the projection is then rebuilt. */
  readonly version: number;
  readonly handles: readonly DomainEvent['type'][];
  /** The ids of the documents that an event touches, from the event alone. */
  touches(event: DecodedEvent): readonly string[];
  /**
   * The document after the event; null if there is none. A repeated event changes nothing.
   *
   * @param touched - looks up the documents that the event touches, as they were before it
   */
  project(
    view: View | null,
    event: DecodedEvent,
    id: string,
    touched: (id: string) => View | null,
  ): View | null;
  /**
   * Whether each document belongs to one stream and guards itself by its revision. Events of such
   * a stream may be projected later than those of others; otherwise only a rebuild puts them right.
   */
  readonly perStream: boolean;
  /** What a document is found and sorted by: values of one kind each, beside null. */
  readonly fields: { readonly [name: string]: (view: View) => FieldValue };
  /** Fields with many values, each of which finds the document. */
  readonly lists: { readonly [name: string]: (view: View) => readonly string[] };
  /** The combinations of fields that queries need an index for. */
  readonly indexes: readonly (readonly string[])[];
  /**
   * Fields that stand in every index behind its own, so that a document that is not wanted is passed
   * over without a look at it. For collections in which many are found by any mix of conditions: a
   * store chooses the index by how many documents meet each condition.
   */
  readonly alongside?: readonly string[];
}

/** An event that does not follow on what a view has seen: the log was not read in order. */
export class GapInStream extends Error {
  override readonly name = 'GapInStream';
  constructor(event: EventEnvelope, seen: number) {
    super(
      `${event.stream} is at revision ${event.revision}, but its view has seen up to ${seen} only.`,
    );
  }
}
