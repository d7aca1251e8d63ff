import { decide, type ServiceCommand } from '../service/decide.js';
import type { ServiceEvent } from '../service/events.js';
import { evolve } from '../service/evolve.js';
import { noService, type ServiceState } from '../service/state.js';
import { specificationOf } from './specification.js';

export const given = specificationOf<ServiceCommand, ServiceState, ServiceEvent>({
  initial: noService,
  decide,
  evolve,
});

export const now = '2026-11-24T12:00:00.000Z';

const data = { serviceId: 'vpn', name: 'VPN', issueTypes: ['login', 'tunnel'], active: true };
export const registered: ServiceEvent = { type: 'ServiceRegistered', data };
export const registeredInactive: ServiceEvent = {
  type: 'ServiceRegistered',
  data: { ...data, active: false },
};
export const deactivated: ServiceEvent = {
  type: 'ServiceDeactivated',
  data: { serviceId: 'vpn' },
};
export const changed = (change: Partial<typeof data>): ServiceEvent => ({
  type: 'ServiceChanged',
  data: { ...data, ...change },
});
export const ownersConfigured = (
  owners: readonly string[],
  previousOwners: readonly string[],
): ServiceEvent => ({
  type: 'ServiceOwnersConfigured',
  data: { serviceId: 'vpn', owners, previousOwners },
});
