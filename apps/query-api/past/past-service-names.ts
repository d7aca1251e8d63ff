import type { EventReader } from '#event-store/event-store.js';
import { eventsUntil, fold } from '#projections/past/events-until.js';
import { services } from '#projections/services.js';
import { serviceStream } from '#ticketing/streams.js';
import { serviceNames } from '../service-names.js';

/** Looks up the names of services at a time, in milliseconds since 1970. */
export const pastServiceNames = (
  log: Pick<EventReader, 'readStream'>,
  ids: Iterable<string>,
  time: number,
) =>
  serviceNames(ids, async (id) =>
    fold(services, await eventsUntil(log, serviceStream(id), { time })),
  );
