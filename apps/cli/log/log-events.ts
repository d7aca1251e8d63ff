import {
  START,
  type EventReader,
  type Position,
  type RecordedEvent,
} from '#event-store/event-store.js';

const PAGE_SIZE_EVENTS = 1_000;

/** The events of a log in order, up to its end at the last read. */
export async function* logEvents(
  log: EventReader,
  after: Position = START,
): AsyncGenerator<RecordedEvent> {
  for (let reached = after; ;) {
    const { events, position } = await log.readAll({ after: reached, limit: PAGE_SIZE_EVENTS });
    yield* events;
    if (events.length === 0) return;
    reached = position;
  }
}
