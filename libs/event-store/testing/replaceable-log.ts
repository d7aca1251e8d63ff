import type { Position, RecordedEvent } from '../event-store.js';
import { MemoryEventStore } from '../memory/memory-event-store.js';

/** A log that can look like another one. */
export class ReplaceableLog extends MemoryEventStore {
  isReplaced = false;

  override async eventAt(position: Position): Promise<RecordedEvent | null> {
    const event = await super.eventAt(position);
    return this.isReplaced && event !== null ? { ...event, id: 'another' } : event;
  }
}
