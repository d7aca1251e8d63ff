import type { EventReader } from '#event-store/event-store.js';
import { LogReplaced, verifyCheckpoint } from './checkpoint.js';
import type { Consumer } from './consumer.js';

/**
 * Compares the live documents of consumers with the log. Documents of another history are halted:
 * queries are unavailable until they are rebuilt, or the right log is back. A process
 * that answers queries calls this before it listens.
 *
 * @throws StoreUnavailable, ViewStoreUnavailable if a store cannot be read
 */
export async function verifyConsumers(
  log: Pick<EventReader, 'eventAt'>,
  consumers: readonly Consumer[],
): Promise<void> {
  for (const consumer of consumers) await verifyConsumer(log, consumer);
}

/** @throws LogReplaced once the documents are halted, and as {@link verifyConsumers}. */
export async function requireSameLog(
  log: Pick<EventReader, 'eventAt'>,
  consumer: Consumer,
): Promise<void> {
  const problem = await verifyConsumer(log, consumer);
  if (problem !== null) throw problem;
}

async function verifyConsumer(
  log: Pick<EventReader, 'eventAt'>,
  { projection, store }: Consumer,
): Promise<LogReplaced | null> {
  const { live } = await store.status(projection);
  if (live === null) return null;
  const { checkpoint, halted } = live;
  try {
    // A checkpoint of an earlier version names no event: a log that has grown seems to be the same.
    if (halted !== null && checkpoint.event === null) throw new LogReplaced(checkpoint, null);
    await verifyCheckpoint(log, checkpoint);
  } catch (error) {
    if (!(error instanceof LogReplaced)) throw error;
    await store.setHalt(projection, error.message);
    return error;
  }
  if (halted !== null) await store.setHalt(projection, null);
  return null;
}
