import { forbid, type Actor, type Refusal } from '../decision.js';
import type { EngineerState } from './state.js';

/** Whether an actor acts as an engineer, so that it matters whether they are one. Leads act as leads. */
export const actsAsEngineer = ({ roles }: Actor): boolean =>
  roles.includes('engineer') && !roles.includes('lead');

/** The actor, with what keeps them from acting as an engineer. */
export const withStanding = (actor: Actor, state: EngineerState['state']): Actor =>
  state === 'active' ? actor : { ...actor, notEngineer: state };

/** Only engineers who are registered and active may act as such. */
export const unlessEngineer = ({
  id,
  notEngineer,
}: Actor): { accepted: false; refusal: Refusal } | null =>
  notEngineer === undefined
    ? null
    : forbid(
        notEngineer === 'none'
          ? `No engineer "${id}" is registered, so you may not act as one. Ask an admin to register you: PUT /api/v1/engineers/{engineerId}, with your token's subject as the id.`
          : `Engineer "${id}" is not active, so you may not act as one. Ask an admin: PUT /api/v1/engineers/{engineerId} with active: true.`,
      );
