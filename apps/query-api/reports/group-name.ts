import type { Views } from '#projections/views.js';

/**
 * The display name of a group: services and engineers have one besides their id.
 *
 * @returns null for a group without a name
 */
export async function groupName(
  { services, engineers }: Views,
  dimension: string,
  key: string | null,
): Promise<string | null> {
  if (key === null) return null;
  switch (dimension) {
    case 'service':
      return (await services.get(key))?.service.name ?? null;
    case 'handler':
    case 'owner':
      return (await engineers.get(key))?.displayName ?? null;
    default:
      return null;
  }
}
