import type { Position, RecordedEvent } from '../event-store.js';
import { foreign, jsonIn, recordedAt, type Place, type StoredMetadata } from './records.js';

/**
 * An event from a subscription. Its data stays bytes until it is needed: a thread receives
 * every event and reads few of them.
 */
export class ReceivedEvent {
  #recorded: RecordedEvent | null = null;

  constructor(
    readonly place: Place,
    /** Null if another program wrote it. */
    private readonly stored: StoredMetadata | null,
    private readonly data: Buffer,
  ) {}

  get position(): Position {
    return this.place.position;
  }

  get hash(): string {
    return this.stored?.hash ?? '';
  }

  get recorded(): RecordedEvent {
    return (this.#recorded ??=
      this.stored === null
        ? foreign(this.place)
        : recordedAt(this.place, this.stored, jsonIn(this.data)));
  }
}
