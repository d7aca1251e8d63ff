import type { Severity, TicketStateName } from '#ticketing/ticket/state.js';
import type { TicketCommandName } from '#ticketing/ticket/catalogue.js';
import type { Next } from './model.js';
import type { Random } from './random.js';

/**
 * What the desk's log does not contain: services, people, and some of the commands. These are
 * guesses, so that a seeded store has every command.
 */

export const severityShares: readonly (readonly [Severity, number])[] = [
  ['critical', 0.05],
  ['high', 0.2],
  ['medium', 0.5],
  ['low', 0.25],
];

export const ratingShares: readonly (readonly [number, number])[] = [
  [1, 0.05],
  [2, 0.05],
  [3, 0.15],
  [4, 0.35],
  [5, 0.4],
];

/** The share of confirmations with a rating, and the share of ratings with a comment. */
export const RATING_SHARE = 0.3;
export const COMMENT_SHARE = 0.3;

const DAY_SECONDS = 86_400;
/** The deadline of confirmations. */
const OVERDUE_SECONDS = 3 * DAY_SECONDS;
const MAX_EVALUATION_DELAY_SECONDS = 29 * DAY_SECONDS;

interface Substitute {
  readonly in: TicketStateName;
  /** The replaced command. @default any */
  readonly of?: TicketCommandName | 'end';
  readonly by: TicketCommandName;
  readonly share: number;
  /** The minimum wait. @default 0 */
  readonly fromSeconds?: number;
}

const substitutes: readonly Substitute[] = [
  { in: 'pending', of: 'handle', by: 'assign', share: 0.1 },
  { in: 'pending', of: 'handle', by: 'cancel', share: 0.03 },
  { in: 'pending', by: 'messages', share: 0.03 },
  { in: 'processing', by: 'messages', share: 0.03 },
  { in: 'pending_reply', by: 'resume', share: 0.2 },
  { in: 'pending_confirmation', of: 'withdraw-resolution', by: 'reject-resolution', share: 0.3 },
  {
    in: 'pending_confirmation',
    of: 'confirm',
    by: 'close',
    share: 0.2,
    fromSeconds: OVERDUE_SECONDS,
  },
];

const EVALUATION_SHARE = 0.15;

/** Replaces some steps of the log's model by commands that the log does not contain. */
export function insteadOf(next: Next, state: TicketStateName, random: Random): Next {
  const drawn = random.next();
  let until = 0;
  for (const { in: its, of = next.command, by, share, fromSeconds = 0 } of substitutes) {
    if (its !== state || of !== next.command || next.seconds < fromSeconds) continue;
    until += share;
    if (drawn < until) return { ...next, command: by };
  }
  return next;
}

/** An evaluation after the end, or none. */
export const afterTheEnd = (random: Random): Next =>
  random.happens(EVALUATION_SHARE)
    ? { command: 'evaluate', seconds: random.next() * MAX_EVALUATION_DELAY_SECONDS }
    : { command: 'end', seconds: 0 };
