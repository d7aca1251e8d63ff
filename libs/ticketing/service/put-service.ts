import { accept, type Decision, type Given, type Role } from '../decision.js';
import type { ServiceEvent } from './events.js';
import { sameList } from '../same-list.js';
import type { Service, ServiceState } from './state.js';

/** Registers a service, changes its details, or deactivates it. */
export interface PutService extends Given {
  readonly type: 'put-service';
  readonly serviceId: string;
  readonly name: string;
  readonly issueTypes?: readonly string[] | undefined;
  /** Whether it takes new tickets. @default true */
  readonly active?: boolean | undefined;
}

export function putService(
  command: PutService,
  state: ServiceState,
  role: Role,
): Decision<ServiceEvent> {
  const { serviceId, name, issueTypes = [], active = true } = command;
  const data = { serviceId, name, issueTypes, active };
  if (state.state === 'none') return accept(role, { type: 'ServiceRegistered', data });
  const events: ServiceEvent[] = [];
  const comesBack = active && state.state === 'inactive';
  if (comesBack || name !== state.name || !sameList(issueTypes, state.issueTypes)) {
    events.push({
      type: 'ServiceChanged',
      data: { ...data, active: comesBack || isActive(state) },
    });
  }
  if (!active && isActive(state)) {
    events.push({ type: 'ServiceDeactivated', data: { serviceId } });
  }
  return accept(role, ...events);
}

const isActive = (service: Service): boolean => service.state === 'active';
