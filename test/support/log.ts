import type { EventStore } from '#event-store/event-store.js';
import { openEventStore } from '#platform/stores.js';
import type { Desk } from './desk.js';

/** Opens the log of a stopped service, to append events that the service would not. */
export const openLog = ({ folder, environment }: Desk): Promise<EventStore> =>
  openEventStore({ dataFolder: folder, eventStoreUrl: environment['EVENTSTORE_URL'] ?? null });
