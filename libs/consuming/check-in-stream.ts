import { NO_STREAM, type EventReader, type RecordedEvent } from '#event-store/event-store.js';
import { HistoryDamaged, requireHistory } from '#event-store/history.js';

/**
 * Reads an event of the whole log again in its stream, with the one before it. This finds an event
 * that does not follow the one before, and an index that has lost one.
 *
 * @returns the event, marked as damaged if there is a problem
 */
export async function checkedInStream(
  log: Pick<EventReader, 'readStream'>,
  event: RecordedEvent,
): Promise<RecordedEvent> {
  const { stream, revision, damage } = event;
  if (damage !== undefined) return event;
  const from = Math.max(0, revision - 1);
  const events = await log.readStream(stream, { from, limit: revision - from + 1 });
  try {
    requireHistory(stream, revision === 0 ? NO_STREAM : null, events);
    if (events[0]?.revision !== from && revision > 0) return await afterGap(log, event);
    if (events.at(-1)?.position === event.position) return event;
    return { ...event, damage: 'is not found in its stream' };
  } catch (error) {
    if (!(error instanceof HistoryDamaged)) throw error;
    const isOwn = error.place.revision === revision;
    return { ...event, damage: isOwn ? error.problem : 'follows a damaged one' };
  }
}

/** An event with a gap before it stands for the missing one, with the neighbours of the gap. */
async function afterGap(
  log: Pick<EventReader, 'readStream'>,
  event: RecordedEvent,
): Promise<RecordedEvent> {
  const revision = event.revision - 1;
  const backwards = { direction: 'backwards', from: revision, limit: 1 } as const;
  const [before] = await log.readStream(event.stream, backwards);
  const next = placeOf(event);
  const gap = before === undefined ? `before ${next}` : `between ${placeOf(before)} and ${next}`;
  return { ...event, revision, damage: `is missing ${gap}` };
}

const placeOf = ({ revision, position }: RecordedEvent): string =>
  `revision ${revision} at position ${position}`;
