import type { EventReader } from '#event-store/event-store.js';
import { eventsUntil, fold } from '#projections/past/events-until.js';
import { services } from '#projections/services.js';
import { serviceStream } from '#ticketing/streams.js';
import type { ServiceName } from '../tickets/ticket-item.js';

/** Looks up the names of services at a time, in milliseconds since 1970. */
export async function pastServiceNames(
  log: Pick<EventReader, 'readStream'>,
  ids: Iterable<string>,
  time: number,
): Promise<(id: string) => ServiceName> {
  const names = new Map<string, string>();
  for (const id of new Set(ids)) {
    const view = fold(services, await eventsUntil(log, serviceStream(id), { time }));
    names.set(id, view?.service.name ?? id);
  }
  return (id) => ({ id, name: names.get(id) ?? id });
}
