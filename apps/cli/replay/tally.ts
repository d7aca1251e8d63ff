import type { TicketStateName } from '#ticketing/ticket/state.js';
import { surpriseIn, type Outcome } from './outcome.js';
import type { CasePlan, Step } from './plan.js';
import type { Listener } from './play.js';

/** A ticket, from the last answer about it. */
export interface KnownTicket {
  readonly ticketId: string;
  readonly state: string;
}

/** A group of equal outcomes, with one example. */
export interface Group {
  count: number;
  readonly activity: string;
  readonly command: string;
  /** A code, or a difference as text. */
  readonly what: string;
  /** The service's message, if any. */
  readonly detail: string;
  readonly expected: boolean;
  readonly caseName: string;
  readonly line: number;
}

/** Counts the outcomes of commands. */
export class Tally implements Listener {
  readonly #groups = new Map<string, Group>();
  readonly #tickets = new Map<string, KnownTicket>();
  readonly outcomes: Record<Outcome['kind'], number> = {
    accepted: 0,
    done_before: 0,
    repeat: 0,
    superseded: 0,
    refused: 0,
  };
  sentCount = 0;
  /** Commands that were not sent because their ticket was not created. */
  droppedCount = 0;
  ticketsCreated = 0;
  ticketsFoundAgain = 0;
  /** The greatest log position in any answer. */
  position: string | null = null;

  constructor(
    /** Called after each answer, for the progress. */
    private readonly onAnswer: (commands: number) => void = () => undefined,
  ) {}

  sent(plan: CasePlan, step: Step, outcome: Outcome): void {
    this.sentCount++;
    this.outcomes[outcome.kind]++;
    if ('ticketId' in outcome) this.#took(plan, step, outcome);
    const surprise = surpriseIn(outcome, step);
    if (outcome.kind === 'refused') {
      this.#group(plan, step, outcome.code, outcome.detail, surprise === null);
    } else if (surprise !== null) {
      this.#group(plan, step, surprise, '', false);
    }
    this.onAnswer(1);
  }

  dropped(steps: readonly Step[]): void {
    this.droppedCount += steps.length;
    this.onAnswer(steps.length);
  }

  /** The tickets by case name. */
  get tickets(): ReadonlyMap<string, KnownTicket> {
    return this.#tickets;
  }

  /** Refusals and differences, most frequent first. */
  get groups(): readonly Group[] {
    return [...this.#groups.values()].sort((one, other) => other.count - one.count);
  }

  get surpriseCount(): number {
    return this.groups
      .filter(({ expected }) => !expected)
      .reduce((sum, { count }) => sum + count, this.droppedCount);
  }

  #took(plan: CasePlan, step: Step, outcome: Extract<Outcome, { ticketId: string }>): void {
    const { ticketId, state, position } = outcome;
    this.#tickets.set(plan.caseName, { ticketId, state });
    // Positions are opaque except that they grow, as minPosition implies.
    if (this.position === null || BigInt(position) > BigInt(this.position)) {
      this.position = position;
    }
    if (step.command !== 'create') return;
    if (outcome.kind === 'done_before') this.ticketsFoundAgain++;
    else this.ticketsCreated++;
  }

  #group(plan: CasePlan, step: Step, what: string, detail: string, expected: boolean): void {
    const { activity, line } = step.activity;
    const { command } = step;
    const key = JSON.stringify([activity, command, what, expected]);
    const known = this.#groups.get(key);
    if (known !== undefined) {
      known.count++;
      return;
    }
    const { caseName } = plan;
    this.#groups.set(key, {
      count: 1,
      activity,
      command,
      what,
      detail,
      expected,
      caseName,
      line,
    });
  }
}

/** Counts by state. */
export function countBy(states: Iterable<string>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const state of states) counts.set(state, (counts.get(state) ?? 0) + 1);
  return counts;
}

/** The expected states of all cases. */
export const expectedStates = (plans: readonly CasePlan[]): ReadonlyMap<string, number> =>
  countBy(plans.map(({ endsAs }): TicketStateName => endsAs));
