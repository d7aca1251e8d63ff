import type { ServiceView } from '#projections/services.js';
import type { ServiceName } from './tickets/ticket-item.js';

/** Looks up the names of services, for tickets, which have only the id. */
export async function serviceNames(
  ids: Iterable<string>,
  find: (id: string) => Promise<ServiceView | null>,
): Promise<(id: string) => ServiceName> {
  const names = new Map<string, string>();
  for (const id of new Set(ids)) names.set(id, (await find(id))?.service.name ?? id);
  return (id) => ({ id, name: names.get(id) ?? id });
}
