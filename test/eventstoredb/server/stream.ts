import type { RecordedEvent } from './recorded-event.js';
import { firstReadable, isSoftDeleted, type StreamMetadata } from './stream-metadata.js';

/** One stream: its events by revision, and what its metadata say. */
export class Stream {
  readonly events: RecordedEvent[] = [];
  metadata: StreamMetadata = {};
  tombstoned = false;

  constructor(readonly name: string) {}

  /** The revision of the last event; -1 where there is none. */
  get lastRevision(): number {
    return this.events.length - 1;
  }

  get softDeleted(): boolean {
    return isSoftDeleted(this.metadata);
  }

  /** Whether a read finds a stream: one that is empty or deleted is not found. */
  get exists(): boolean {
    return this.events.length > 0 && !this.softDeleted;
  }

  firstReadable(now: number): number {
    return firstReadable(this.events, this.metadata, now);
  }
}

export const metadataStreamOf = (name: string): string => `$$${name}`;

/** The stream whose metadata a `$$` stream holds; null for any other stream. */
export const describedBy = (name: string): string | null =>
  name.startsWith('$$') ? name.slice(2) : null;
