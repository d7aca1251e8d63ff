import type { Logger } from 'pino';
import type { EventReader, EventStore } from '#event-store/event-store.js';
import type { SnapshotStore } from '#event-store/snapshots.js';
import type { Configuration } from '../configuration.js';
import { openEventReader, openEventStore, openViewStore, openSnapshots } from '../stores.js';
import type { ViewStore } from '#view-stores/view-store.js';

/** The stores of a process that reads the log. */
export interface ReadingStores {
  readonly log: EventReader;
  readonly store: ViewStore;
  /** Once nobody uses them any more. */
  close(): Promise<void>;
}

/** The stores of a process that takes commands. */
export interface WritingStores extends ReadingStores {
  readonly log: EventStore;
  readonly snapshots: SnapshotStore;
}

export async function openForReading(configuration: Configuration): Promise<ReadingStores> {
  const log = await openEventReader(configuration);
  const store = await openViewStore(configuration);
  return {
    log,
    store,
    close: async () => {
      await store.close();
      await log.close();
    },
  };
}

/** A start that reads through a long log says how far it is. */
export async function openForWriting(
  configuration: Configuration,
  logger: Logger,
): Promise<WritingStores> {
  const log = await openEventStore(configuration, (message) => {
    logger.info(message);
  });
  const snapshots = openSnapshots(configuration);
  const store = await openViewStore(configuration);
  return {
    log,
    snapshots,
    store,
    close: async () => {
      await store.close();
      snapshots.close();
      await log.close();
    },
  };
}
