import { createHash } from 'node:crypto';
import pLimit from 'p-limit';
import type { ApiClient } from './api-client.js';
import { outcomeOf, type Outcome } from './outcome.js';
import type { Pace } from './pace.js';
import type { CasePlan, Step } from './plan.js';

/** Hears what becomes of every command. */
export interface Listener {
  sent(plan: CasePlan, step: Step, outcome: Outcome): void;
  /** A case's ticket was not created: its other commands have no ticket to go to. */
  dropped(steps: readonly Step[]): void;
}

export interface Play {
  readonly client: ApiClient;
  /** Tells this replay's commands from all others: of another log, or with another mapping. */
  readonly replayId: string;
  /** How many cases, or in the log's own time how many commands, are under way at once. */
  readonly atOnce: number;
  readonly pace: 'fast' | Pace;
  readonly listener: Listener;
  readonly signal: AbortSignal;
}

/**
 * Plays all cases, each in its own order, many at once.
 *
 * @throws whatever keeps the client from going on; what is under way is finished first.
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
      // Whoever was asked to stop waits for nothing more, which is no failure.
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
    const path: string =
      step.command === 'create' ? '/tickets' : `/tickets/${ticketId}/${step.command}`;
    const ifMatch = step.command === 'create' ? null : revision;
    const outcome = await inTime(step, async () =>
      outcomeOf(
        await client.call({
          method: 'POST',
          path,
          by: step.by,
          body: step.body,
          idempotencyKey: idempotencyKeyOf(replayId, plan.caseName, index),
          ifMatch,
        }),
        step,
        again,
      ),
    );
    if ('ticketId' in outcome) ({ ticketId, revision } = outcome);
    if (outcome.kind === 'accepted') again = false;
    if (outcome.kind === 'done_before') again = true;
    listener.sent(plan, step, outcome);
  }
}

/** The same command of the same replay has the same key, whenever it is sent. */
export const idempotencyKeyOf = (replayId: string, caseName: string, index: number): string =>
  `replay-${createHash('sha256')
    .update(JSON.stringify([replayId, caseName, index]))
    .digest('base64url')}`;
