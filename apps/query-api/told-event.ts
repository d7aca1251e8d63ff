import type { RecordedEvent } from '#event-store/event-store.js';

/** What is told of an event, in a history and live. How to reach somebody is told to nobody. */
export const toldEvent = (event: RecordedEvent) => ({
  revision: event.revision,
  position: event.position.toString(),
  type: event.type,
  at: event.at,
  actor: event.metadata['actor'],
  data: 'contact' in event.data ? { ...event.data, contact: 'withheld' } : event.data,
});
