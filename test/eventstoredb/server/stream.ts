import type { RecordedEvent } from './recorded-event.js';
import { firstReadable, isSoftDeleted, type StreamMetadata } from './stream-metadata.js';

/** A stream: its events by revision, and its metadata. */
export class Stream {
  readonly events: RecordedEvent[] = [];
  metadata: StreamMetadata = {};
  tombstoned = false;

  constructor(readonly name: string) {}

  /** The revision of the last event; -1 if there is none. */
  get lastRevision(): number {
    return this.events.length - 1;
  }

  get softDeleted(): boolean {
    return isSoftDeleted(this.metadata);
  }

  /** Whether a read finds a stream: empty and deleted ones are not found. */
  get exists(): boolean {
    return this.events.length > 0 && !this.softDeleted;
  }

  firstReadable(now: number): number {
    return firstReadable(this.events, this.metadata, now);
  }
}

export const metadataStreamOf = (name: string): string => `$$${name}`;

/** The stream of a `$$` metadata stream; null for any other stream. */
export const describedBy = (name: string): string | null =>
  name.startsWith('$$') ? name.slice(2) : null;
