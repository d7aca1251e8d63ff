import { LogReader } from '#consuming/log-reader.js';
import {
  EventStoreDbEventStore,
  type EventStoreDbStoreOptions,
} from '../eventstoredb/eventstoredb-event-store.js';

/** Opens a log in EventStoreDB like a process. */
export const openEventStoreDb = (
  options: Omit<EventStoreDbStoreOptions, 'readerOf'>,
): Promise<EventStoreDbEventStore> =>
  EventStoreDbEventStore.open({ ...options, readerOf: (log) => LogReader.of(log) });
