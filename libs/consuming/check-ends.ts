import { START, type EventReader } from '#event-store/event-store.js';
import { HistoryDamaged } from '#event-store/history.js';
import type { StreamEnd } from '#projections/projection.js';
import type { PoisonEvent } from '#view-stores/view-store.js';

/** Compares the ends of streams, as read models remember them, with the log: those that it lacks. */
export async function lostEnds(
  log: Pick<EventReader, 'readStream'>,
  ends: readonly StreamEnd[],
): Promise<readonly PoisonEvent[]> {
  const lost: PoisonEvent[] = [];
  for (const end of ends) {
    const problem = await problemOf(log, end);
    if (problem === null) continue;
    lost.push({ ...end, type: '', error: new HistoryDamaged(end, problem).message });
  }
  return lost;
}

async function problemOf(
  log: Pick<EventReader, 'readStream'>,
  { stream, revision, position }: StreamEnd,
): Promise<string | null> {
  const [event] = await log.readStream(stream, { from: revision, limit: 1 });
  if (event?.revision === revision) {
    if (event.damage !== undefined) return event.damage;
    return event.position === position || position === START
      ? null
      : `was removed, and another one at position ${event.position} has its revision`;
  }
  const [last] = await log.readStream(stream, { direction: 'backwards', limit: 1 });
  return last === undefined
    ? 'is missing with its whole stream'
    : `is missing at the end of its stream, after revision ${last.revision} at position ${last.position}`;
}
