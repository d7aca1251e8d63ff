import fc from 'fast-check';
import type { Actor } from '../decision.js';
import type { Create } from '../ticket/create.js';
import type { TicketAction, TicketCommand } from '../ticket/catalogue.js';
import { engineers } from './actors.js';
import { modelAllowed, modelOutcome } from './ticket-model.js';
import { modelCommands } from './ticket-model-table.js';
import { isStaff, time, type ModelOutcome, type ModelTicket } from './ticket-model-data.js';
import {
  alice,
  cast,
  creation,
  facts,
  flawed,
  flawless,
  forAlice,
  protagonists,
  requests,
  wellFormed,
  type CreateBody,
} from './walk-commands.js';

/** Minutes between two commands; deadlines are 72 hours and 30 days. */
const pause = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(0, 1, 30) },
  { weight: 2, arbitrary: fc.constantFrom(59, 60, 72 * 60 - 1, 72 * 60, 72 * 60 + 1) },
  { weight: 1, arbitrary: fc.constantFrom(720 * 60 - 1, 720 * 60, 720 * 60 + 1) },
);

export interface Step {
  readonly pause: number;
  /** Whether the pause lasts until the ticket's next deadline. */
  readonly untilDue: boolean;
  readonly kind: 'create' | 'create wrongly' | 'anything' | 'something allowed' | 'progress';
  readonly creation: { readonly good: CreateBody; readonly bad: CreateBody };
  readonly pick: number;
  readonly who: Actor;
  readonly requests: Readonly<Record<string, { readonly [member: string]: unknown }>>;
  readonly facts: object;
}

const step = (...kinds: Step['kind'][]): fc.Arbitrary<Step> =>
  fc.record({
    pause,
    untilDue: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.boolean()),
    kind: fc.constantFrom(...kinds),
    creation: fc.record({ good: creation(flawless), bad: creation(flawed) }),
    pick: fc.noBias(fc.nat(999_999)),
    who: fc.oneof(fc.constantFrom(...protagonists), fc.constantFrom(...cast)),
    requests,
    facts,
  });

/** At most 40 commands; the first few fail to create a ticket. */
export const walk: fc.Arbitrary<Step[]> = fc
  .tuple(
    fc.array(step('create wrongly', 'create wrongly', 'anything'), { maxLength: 3 }),
    fc.array(
      step(
        'anything',
        'anything',
        'anything',
        'progress',
        'progress',
        'progress',
        'progress',
        'something allowed',
        'create',
      ),
      {
        maxLength: 37,
        size: 'max',
      },
    ),
  )
  .map(([first, then]) => [...first, ...then]);

/** A command of a walk, the ticket before it, and the outcome in the model. */
export interface Happening {
  readonly step: Step;
  readonly command: TicketCommand;
  readonly before: ModelTicket | null;
  readonly outcome: ModelOutcome;
}

/** Runs the steps in the model. */
export function happeningsOf(steps: readonly Step[]): Happening[] {
  let at = '2026-11-24T06:00:00.000Z';
  let ticket: ModelTicket | null = null;
  return steps.map((step) => {
    const before = ticket;
    at = momentOf(step, before, at);
    const command = commandOf(step, before, at);
    const outcome = modelOutcome(command, before);
    if ('events' in outcome) ticket = outcome.ticket;
    return { step, command, before, outcome };
  });
}

/** The time of a step's command. */
function momentOf(step: Step, ticket: ModelTicket | null, before: string): string {
  const due = ticket?.state === 'closed' ? ticket.evaluateBy : (ticket?.confirmBy ?? 0);
  return step.untilDue && due !== null && due > time(before)
    ? new Date(due).toISOString()
    : new Date(time(before) + step.pause * 60_000).toISOString();
}

/** These commands end the ticket, which leaves little to compare. */
const endings: readonly string[] = ['cancel', 'close'];

/**
 * The command of a step. With random actors most commands would be refused and few tickets would
 * be resolved, so that many steps choose from the commands that the model allows.
 */
function commandOf(step: Step, ticket: ModelTicket | null, at: string): TicketCommand {
  const { kind, who: by, creation: create, pick, requests } = step;
  if (kind === 'create') return { ...create.good, by, at };
  if (kind === 'progress' && ticket === null) return createdFor(by, create.good, at);
  if (kind === 'create wrongly') return { ...(ticket === null ? create.bad : wellFormed), by, at };
  const possible = ticket === null || kind === 'anything' ? [] : whatIsPossible(kind, ticket, at);
  const [type = '', actors] = choose(possible, pick) ?? [choose(modelCommands, pick), [by]];
  // The actor must be chosen independently of the command.
  const actor = choose(actors, Math.floor(pick / 1_000)) ?? by;
  const request = requests[type] ?? {};
  return { ...step.facts, ...engineerIn(request), ...request, type, by: actor, at } as TicketAction;
}

/** The state of the engineer in a request. */
const engineerIn = ({ engineerId }: Step['requests'][string]): object =>
  typeof engineerId === 'string'
    ? { engineer: engineers[engineerId as keyof typeof engineers] }
    : {};

/** A valid creation: customers create their own tickets, staff create alice's. */
function createdFor(by: Actor, body: CreateBody, at: string): Create {
  if (isStaff(by)) return { ...body, by, at, onBehalfOf: forAlice };
  return { ...body, at, by: by.roles.includes('customer') ? by : alice, onBehalfOf: undefined };
}

const choose = <Item>(items: readonly Item[], pick: number): Item | undefined =>
  items[pick % items.length];

/** The commands that are possible now, and their actors. */
function whatIsPossible(kind: Step['kind'], ticket: ModelTicket, at: string) {
  const possible = new Map<string, Actor[]>();
  for (const by of cast) {
    for (const name of modelAllowed(by, ticket, time(at))) {
      if (kind === 'progress' && endings.includes(name)) continue;
      possible.set(name, [...(possible.get(name) ?? []), by]);
    }
  }
  return [...possible];
}
