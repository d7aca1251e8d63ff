import type { Position, RecordedEvent } from '../event-store.js';
import { jsonIn, recordedAt, type Place, type StoredMetadata } from './records.js';

/**
 * An event as a subscription brought it. Its data stays bytes until somebody wants it: a thread hears
 * of every event, and most of them interest nobody in it.
 */
export class HeardEvent {
  #recorded: RecordedEvent | null = null;

  constructor(
    readonly place: Place,
    private readonly stored: StoredMetadata,
    private readonly data: Buffer,
  ) {}

  get position(): Position {
    return this.place.position;
  }

  get hash(): string {
    return this.stored.hash;
  }

  get recorded(): RecordedEvent {
    return (this.#recorded ??= recordedAt(this.place, this.stored, jsonIn(this.data)));
  }
}
