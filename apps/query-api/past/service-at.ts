import type { EventReader } from '#event-store/event-store.js';
import { foldUntil } from '#projections/past/events-until.js';
import { services, type ServiceView } from '#projections/services.js';
import { serviceStream } from '#ticketing/streams.js';

/** A service at a time, in milliseconds since 1970; null if there was none. */
export const serviceAt = (
  log: Pick<EventReader, 'readStream'>,
  id: string,
  time: number,
): Promise<ServiceView | null> => foldUntil(services, log, serviceStream(id), { time });
