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
    const events = await log.readAll({ after: reached, limit: PAGE_SIZE_EVENTS });
    const last = events.at(-1);
    if (last === undefined) return;
    yield* events;
    reached = last.position;
  }
}
