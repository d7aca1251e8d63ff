import { setImmediate } from 'node:timers/promises';
import type { WritableCopy } from '#view-stores/view-store.js';
import { LogReplaced } from './checkpoint.js';
import type { Consumer, ConsumerObserver } from './consumer.js';
import { ConsumerSession } from './consumer-session.js';
import type { Lease } from './lease.js';
import type { LogReader } from './log-reader.js';
import { requireSameLog } from './verify-consumers.js';

/**
 * Runs a consumer from its checkpoint until the signal aborts. Streams that were parked are retried
 * first. Documents and checkpoint are written together: after a crash, unwritten events are
 * consumed again.
 *
 * @throws LogReplaced, GapInStream, CopyMoved, LeaseLost, and errors of the stores; it never
 *   skips an event.
 */
export async function consume(
  reader: LogReader,
  consumer: Consumer,
  lease: Lease,
  signal: AbortSignal,
  observer: ConsumerObserver,
): Promise<void> {
  const { log } = reader;
  await requireSameLog(log, consumer);
  const copy = await consumer.store.openForWriting(consumer.projection, lease);
  const head = await log.headPosition();
  const session = new ConsumerSession(consumer, copy, observer, head, log, false);
  await session.begin();
  await session.retryParked(signal);
  try {
    await takePages(session, reader, signal, () => false);
  } catch (error) {
    // A copy that is not live has answered no query: it starts over with this log.
    if (error instanceof LogReplaced && !copy.live) await copy.discard();
    else if (error instanceof LogReplaced) await requireSameLog(log, consumer);
    throw error;
  }
}

/**
 * Fills the rebuild of the live copy, if there is one, and makes it live.
 *
 * @throws as {@link consume}
 */
export async function rebuild(
  reader: LogReader,
  consumer: Consumer,
  lease: Lease,
  signal: AbortSignal,
  observer: ConsumerObserver,
): Promise<void> {
  const copy: WritableCopy<object> | null = await consumer.store.openRebuild(
    consumer.projection,
    lease,
  );
  if (copy === null) return;
  const head = await reader.log.headPosition();
  const session = new ConsumerSession(consumer, copy, observer, head, reader.log, true);
  await session.begin();
  await session.checkEnds(signal);
  try {
    await takePages(session, reader, signal, () => session.isLive);
  } catch (error) {
    if (error instanceof LogReplaced) {
      await copy.discard();
      await consumer.store.requestRebuild(consumer.projection);
    }
    throw error;
  }
}

async function takePages(
  session: ConsumerSession,
  reader: LogReader,
  signal: AbortSignal,
  isDone: () => boolean,
): Promise<void> {
  if (isDone()) return;
  for await (const page of reader.follow(session.checkpoint, signal)) {
    await session.take(page);
    if (isDone()) return;
    // Embedded stores are synchronous: other work of the thread runs between pages.
    await setImmediate();
  }
}
