import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import type { Position, RecordedEvent } from '#event-store/event-store.js';
import type { Projection, StreamEnd } from '#projections/projection.js';
import type { ViewStore } from '#view-stores/view-store.js';

/**
 * Follows the log and keeps documents: a projection, or a policy, which also acts on events.
 * The runtime gives it a lease, a checkpoint, parking, a pace, metrics and traces.
 */
export interface Consumer {
  /** Its name and version, and the pure function that makes its documents. */
  readonly projection: Projection<object>;
  /** The store of its documents, checkpoint and lease. */
  readonly store: ViewStore;
  /**
   * Acts on events whose effect its documents show already. The checkpoint moves afterwards, so an
   * interrupted action is repeated: running it twice must have the effect of running it once.
   */
  readonly act?: (events: readonly DecodedEvent[]) => Promise<void>;
  /** Makes it a check of the whole log, which keeps no documents. */
  readonly check?: LogCheck;
}

/**
 * How a check of the whole log is repeated: as a rebuild that compares the ends of all streams with what
 * is remembered of them, and reads each event in its stream, too.
 */
export interface LogCheck {
  /** The time from one check to the next, and from the start to the first one. */
  readonly intervalMs: number;
  readonly firstAfterMs: number;
  readonly maxEventsPerSecond: number;
  /** The ends of the streams that the log must have, in pages. */
  readonly ends: () => AsyncIterable<readonly StreamEnd[]>;
}

export const nameOf = ({ projection }: Consumer): string => projection.name;

/** Receives the progress of consumers. */
export interface ConsumerObserver {
  /** A page was taken. */
  consumed?(progress: { consumer: string; events: number; position: Position }): void;
  /** The consumer cannot process an event: its stream is parked. */
  parked?(parked: {
    consumer: string;
    stream: string;
    revision: number;
    position: string;
    error: string;
  }): void;
  /** A page was written to a live copy. */
  written?(page: WrittenPage): void;
}

export interface WrittenPage {
  readonly consumer: string;
  /** The events of the page that the consumer follows. */
  readonly events: readonly RecordedEvent[];
  /** Streams whose events were skipped, all or from some event on. */
  readonly parked: ReadonlySet<string>;
  /** When the work on the page began, by `performance.now()`. */
  readonly since: number;
}
