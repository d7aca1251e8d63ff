import { refuse, type Refusal } from '../decision.js';
import type { EngineerState } from '../engineer/state.js';

/** The target of a command must be an active engineer. */
export function unlessActive(
  engineerId: string,
  engineer: EngineerState,
): { accepted: false; refusal: Refusal } | null {
  if (engineer.state === 'active') return null;
  const what = engineer.state === 'none' ? 'is not known' : 'is not active';
  return refuse({
    code: 'unknown_engineer',
    detail: `Engineer ${engineerId} ${what}. Name an active engineer: GET /api/v1/owners lists them.`,
  });
}
