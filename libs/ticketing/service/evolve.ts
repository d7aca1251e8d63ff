import { never } from '../decision.js';
import type { ServiceEvent } from './events.js';
import type { ServiceState } from './state.js';

/** Folds one event into a service. */
export function evolve(state: ServiceState, event: ServiceEvent): ServiceState {
  switch (event.type) {
    case 'ServiceRegistered':
    case 'ServiceChanged': {
      const { serviceId, name, issueTypes, active } = event.data;
      const owners = state.state === 'none' ? [] : state.owners;
      return { state: active ? 'active' : 'inactive', serviceId, name, issueTypes, owners };
    }
    case 'ServiceDeactivated':
      return state.state === 'none' ? state : { ...state, state: 'inactive' };
    case 'ServiceOwnersConfigured':
      return state.state === 'none' ? state : { ...state, owners: event.data.owners };
    default:
      return never(event);
  }
}
