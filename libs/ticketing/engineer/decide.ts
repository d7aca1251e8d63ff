import { accept, forbid, type Decision, type Given } from '../decision.js';
import type { EngineerEvent } from './events.js';
import type { Engineer, EngineerState } from './state.js';

/** Registers an engineer, changes their details, or deactivates them. */
export interface PutEngineer extends Given {
  readonly type: 'put-engineer';
  readonly engineerId: string;
  readonly displayName: string;
  readonly email: string;
  /** Whether tickets may be given to them. @default true */
  readonly active?: boolean | undefined;
}

export type EngineerCommand = PutEngineer;

/** Decides a command on an engineer: only administrators may give one. */
export function decide(command: EngineerCommand, state: EngineerState): Decision<EngineerEvent> {
  if (!command.by.roles.includes('admin')) {
    return forbid('Only an administrator may register or change an engineer.');
  }
  const { engineerId, displayName, email, active = true } = command;
  const data = { engineerId, displayName, email, active };
  if (state.state === 'none') return accept('admin', { type: 'EngineerRegistered', data });
  const events: EngineerEvent[] = [];
  const comesBack = active && state.state === 'inactive';
  if (comesBack || displayName !== state.displayName || email !== state.email) {
    events.push({
      type: 'EngineerChanged',
      data: { ...data, active: comesBack || isActive(state) },
    });
  }
  if (!active && isActive(state)) {
    events.push({ type: 'EngineerDeactivated', data: { engineerId } });
  }
  return accept('admin', ...events);
}

const isActive = (engineer: Engineer): boolean => engineer.state === 'active';
