import { createHash } from 'node:crypto';
import pLimit from 'p-limit';
import { createTicket, giveCommand } from '../api-client.js';
import type { Answer, RetryingClient } from './retrying-client.js';
import { outcomeOf, type Accepted, type Outcome } from './outcome.js';
import type { Pace } from './pace.js';
import type { CasePlan, Step } from './plan.js';

/** Receives the outcome of every command. */
export interface Listener {
  sent(plan: CasePlan, step: Step, outcome: Outcome): void;
  /** A case's ticket was not created, so its other commands are not sent. */
  dropped(steps: readonly Step[]): void;
}

export interface Play {
  readonly client: RetryingClient;
  /** Identifies this replay, by its log and mapping. */
  readonly replayId: string;
  /** The number of concurrent cases, or, with a speed, of concurrent commands. */
  readonly atOnce: number;
  readonly pace: 'fast' | Pace;
  readonly listener: Listener;
  readonly signal: AbortSignal;
}

/**
 * Plays all cases concurrently, each in its own order.
 *
 * @throws the first error of the client, after running commands have finished.
 */
export async function play(plans: readonly CasePlan[], play: Play): Promise<void> {
  const limit = pLimit(play.atOnce);
  const { pace } = play;
  const failure: { error?: unknown } = {};
  const halted = () => 'error' in failure || play.signal.aborted;
  const run = async (plan: CasePlan) => {
    try {
      await (pace === 'fast'
        ? limit(() => playCase(plan, play, halted, (_step, send) => send()))
        : playCase(plan, play, halted, async (step, send) => {
            await pace.due(step.activity.time);
            return limit(send);
          }));
    } catch (error) {
      // An interruption is not a failure.
      if (!play.signal.aborted) failure.error ??= error;
    }
  };
  await Promise.all(plans.map(run));
  if ('error' in failure) throw failure.error;
}

type Send = () => Promise<Outcome>;

async function playCase(
  plan: CasePlan,
  { client, replayId, listener }: Play,
  halted: () => boolean,
  inTime: (step: Step, send: Send) => Promise<Outcome>,
): Promise<void> {
  let ticketId: string | null = null;
  let revision: number | null = null;
  let again = false;
  for (const [index, step] of plan.steps.entries()) {
    if (halted()) return;
    if (ticketId === null && step.command !== 'create') {
      listener.dropped(plan.steps.slice(index));
      return;
    }
    const idempotencyKey = idempotencyKeyOf(replayId, plan.caseName, index);
    const ticket: Ticket = { ticketId, revision };
    const outcome = await inTime(step, async () =>
      outcomeOf(await sendStep(client, step, ticket, idempotencyKey), step, again),
    );
    if ('ticketId' in outcome) ({ ticketId, revision } = outcome);
    if (outcome.kind === 'accepted') again = false;
    if (outcome.kind === 'done_before') again = true;
    listener.sent(plan, step, outcome);
  }
}

interface Ticket {
  readonly ticketId: string | null;
  readonly revision: number | null;
}

const sendStep = (
  client: RetryingClient,
  { command, by, body }: Step,
  { ticketId, revision }: Ticket,
  idempotencyKey: string,
): Promise<Answer<Accepted>> =>
  client.call(by, (api, headers) => {
    const options = { headers, idempotencyKey, body };
    return command === 'create' || ticketId === null
      ? createTicket(api, options)
      : giveCommand(api, ticketId, command, { ...options, ifMatch: revision });
  });

/** The idempotency key of a command: the same in every run of the same replay. */
export const idempotencyKeyOf = (replayId: string, caseName: string, index: number): string =>
  `replay-${createHash('sha256')
    .update(JSON.stringify([replayId, caseName, index]))
    .digest('base64url')}`;
