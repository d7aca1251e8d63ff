import { describe, expect, it } from '@jest/globals';
import { NO_STREAM, type EventToAppend } from '#event-store/event-store.js';
import { MemoryEventStore } from '#event-store/memory/memory-event-store.js';
import { anEvent } from '#event-store/testing/events.js';
import { present } from '#event-store/testing/present.js';
import { checkpointAt, LogReplaced, verifyCheckpoint, type Checkpoint } from './checkpoint.js';

describe('a checkpoint', () => {
  const logOf = async (...events: EventToAppend[]) => {
    const log = new MemoryEventStore();
    for (const event of events) await log.append(`stream-${event.id}`, NO_STREAM, [event]);
    return log;
  };
  const checkpointOf = async (log: MemoryEventStore): Promise<Checkpoint> =>
    checkpointAt(present(await log.eventAt(await log.headPosition())));
  const [first, second] = [anEvent(), anEvent()];

  it('is accepted by its own log, also after the log has grown', async () => {
    const log = await logOf(first, second);
    const checkpoint = await checkpointOf(log);
    await log.append('another-stream', NO_STREAM, [anEvent()]);
    await expect(verifyCheckpoint(log, checkpoint)).resolves.toBeUndefined();
  });

  it.each<[string, EventToAppend[]]>([
    ['is shorter', [first]],
    ['has another event there', [first, anEvent(), anEvent()]],
    // A client causes this by repeating a command with its idempotency key.
    [
      'has the event there again, with a later time',
      [first, { ...second, at: '2026-12-01T00:00:00Z' }],
    ],
  ])('is refused by a log that %s', async (_, events) => {
    const checkpoint = await checkpointOf(await logOf(first, second));
    const verified = verifyCheckpoint(await logOf(...events), checkpoint);
    await expect(verified).rejects.toThrow(LogReplaced);
    await expect(verified).rejects.toThrow(`where event ${second.id} was read before`);
  });
});
