import { never } from '../decision.js';
import type { EngineerEvent } from './events.js';
import type { EngineerState } from './state.js';

/** Folds one event into an engineer. */
export function evolve(state: EngineerState, event: EngineerEvent): EngineerState {
  switch (event.type) {
    case 'EngineerRegistered':
    case 'EngineerChanged': {
      const { engineerId, displayName, email, active } = event.data;
      return { state: active ? 'active' : 'inactive', engineerId, displayName, email };
    }
    case 'EngineerDeactivated':
      return state.state === 'none' ? state : { ...state, state: 'inactive' };
    default:
      return never(event);
  }
}
