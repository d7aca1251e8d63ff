import type { EngineerView } from '#projections/engineers.js';
import type { Actor } from '#ticketing/decision.js';
import { actsAsEngineer, withStanding } from '#ticketing/engineer/standing.js';
import type { ViewReader } from '#view-stores/view-store.js';

/** The actor, with what keeps them from acting as an engineer: `allowed` depends on it. */
export async function standingOf(
  actor: Actor,
  engineers: ViewReader<EngineerView>,
): Promise<Actor> {
  if (!actsAsEngineer(actor)) return actor;
  const view = await engineers.get(actor.id);
  const isKnown = view !== null && view.displayName !== null;
  return withStanding(actor, isKnown ? (view.active ? 'active' : 'inactive') : 'none');
}
