import { accept, refuse, refuseField, type Decision, type Given, type Role } from '../decision.js';
import type { EngineerState } from '../engineer/state.js';
import type { ServiceEvent } from './events.js';
import { sameList } from '../same-list.js';
import type { ServiceState } from './state.js';

/** Sets the owners of a service, to whom its tickets are dispatched. */
export interface ConfigureOwners extends Given {
  readonly type: 'configure-owners';
  readonly serviceId: string;
  readonly engineerIds: readonly string[];
  /** The states of these engineers, in the same order, loaded with the command. */
  readonly engineers: readonly EngineerState[];
}

export function configureOwners(
  command: ConfigureOwners,
  state: ServiceState,
  role: Role,
): Decision<ServiceEvent> {
  const { serviceId, engineerIds, engineers } = command;
  if (state.state === 'none') {
    return refuse({
      code: 'not_found',
      detail: `There is no service "${serviceId}". Register it first: PUT /api/v1/services/${serviceId}.`,
    });
  }
  if (engineerIds.length === 0) {
    return refuseField(
      '/engineerIds',
      'Name at least one engineer: tickets are dispatched to them.',
    );
  }
  const missing = engineerIds.filter((_, index) => engineers[index]?.state !== 'active');
  if (missing.length > 0) {
    return refuse({
      code: 'unknown_engineer',
      detail: `Owners must be active engineers. These are not: ${missing.join(', ')}.`,
      errors: missing.map((id) => ({
        pointer: `/engineerIds/${engineerIds.indexOf(id)}`,
        message: 'Not an active engineer.',
      })),
    });
  }
  const owners = [...new Set(engineerIds)];
  return sameList(owners, state.owners)
    ? accept(role)
    : accept(role, {
        type: 'ServiceOwnersConfigured',
        data: { serviceId, owners, previousOwners: state.owners },
      });
}
