import type { EventReader } from '#event-store/event-store.js';
import { foldUntil } from '#projections/past/events-until.js';
import { services } from '#projections/services.js';
import { serviceStream } from '#ticketing/streams.js';
import { serviceNames } from '../service-names.js';

/** Looks up the names of services at a time, in milliseconds since 1970. */
export const pastServiceNames = (
  log: Pick<EventReader, 'readStream'>,
  ids: Iterable<string>,
  time: number,
) => serviceNames(ids, (id) => foldUntil(services, log, serviceStream(id), { time }));
