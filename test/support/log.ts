import { EventStoreDbEventStore } from '#event-store/eventstoredb/eventstoredb-event-store.js';
import type { EventStore } from '#event-store/event-store.js';
import { SqliteEventStore } from '#event-store/sqlite/sqlite-event-store.js';
import type { Desk } from './desk.js';

/** Opens the log of a stopped service, to append events that the service would not. */
export const openLog = ({ folder, environment }: Desk): Promise<EventStore> => {
  const { EVENTSTORE_URL: url } = environment;
  return url === undefined
    ? SqliteEventStore.open({ folder })
    : EventStoreDbEventStore.open({ folder, url });
};
