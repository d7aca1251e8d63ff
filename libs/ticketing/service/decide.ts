import { forbid, never, type Actor, type Decision, type Role } from '../decision.js';
import { configureOwners, type ConfigureOwners } from './configure-owners.js';
import type { ServiceEvent } from './events.js';
import { putService, type PutService } from './put-service.js';
import type { ServiceState } from './state.js';

export type ServiceCommand = PutService | ConfigureOwners;

/** Decides a command on a service. */
export function decide(command: ServiceCommand, state: ServiceState): Decision<ServiceEvent> {
  switch (command.type) {
    case 'put-service': {
      const role = actingAs(command.by, ['admin']);
      return role === null
        ? forbid('Only an administrator may register or change a service.')
        : putService(command, state, role);
    }
    case 'configure-owners': {
      const role = actingAs(command.by, ['admin', 'lead']);
      return role === null
        ? forbid("Only an administrator or a lead may name a service's owners.")
        : configureOwners(command, state, role);
    }
    default:
      return never(command);
  }
}

const actingAs = (actor: Actor, roles: readonly Role[]): Role | null =>
  roles.find((role) => actor.roles.includes(role)) ?? null;
