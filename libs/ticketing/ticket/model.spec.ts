import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { modelAllowed } from '../testing/ticket-model.js';
import { modelCommands } from '../testing/ticket-model-table.js';
import { time, type ModelOutcome, type ModelTicket } from '../testing/ticket-model-data.js';
import { protagonists } from '../testing/walk-commands.js';
import { happeningsOf, walk, type Happening, type Step } from '../testing/walk.js';
import { ticketRules, type TicketCommand } from './catalogue.js';
import { allowedCommands, decide } from './decide.js';
import { evolve } from './evolve.js';
import { facetsOf, noTicket, ticketStates, type TicketState } from './state.js';

/** Use more for a nightly run: `MODEL_RUNS=100000 npm test -- model`. */
const numRuns = Number(process.env['MODEL_RUNS'] ?? 300);
// With NaN the property would run no times and pass.
if (!(numRuns >= 1)) throw new Error('MODEL_RUNS is a number of walks, such as 1000.');
const TEN_MINUTES = 600_000;

/** The domain's outcome of a command, in the model's form. */
function domainOutcome(command: TicketCommand, state: TicketState) {
  const decision = decide(command, state);
  if (decision.accepted) {
    const { events, role } = decision;
    return { after: events.reduce<TicketState>(evolve, state), outcome: { events, role } };
  }
  const { code, aboutTheActor = false, state: refusedState, allowed, handler } = decision.refusal;
  const outcome = {
    code,
    aboutTheActor,
    state: refusedState,
    allowed: allowed?.toSorted(),
    handler,
  };
  return { after: state, outcome };
}

/** The model's outcome. A refusal with allowed commands also has the state. */
function modelOutcomeOf(outcome: ModelOutcome, ticket: ModelTicket | null) {
  if ('events' in outcome) return { events: outcome.events, role: outcome.role };
  const { refused: code, allowed } = outcome;
  return {
    code,
    aboutTheActor: code === 'not_found' || code === 'forbidden',
    state: allowed === undefined ? undefined : ticket?.state,
    allowed: allowed?.toSorted(),
    handler: code === 'already_handled' ? ticket?.handler : undefined,
  };
}

/** The facets as the model has them. */
const modelFacets = (ticket: ModelTicket | null) =>
  ticket === null
    ? null
    : {
        state: ticket.state,
        service: ticket.serviceId,
        tenant: ticket.requester.tenant,
        severity: ticket.severity,
        handler: ticket.handler,
        owners: ticket.owners,
      };

/** Gives both the same commands, and compares them before and after each. */
function compare(steps: readonly Step[]): void {
  let state: TicketState = noTicket;
  for (const { step, command, before, outcome } of happeningsOf(steps)) {
    // The allowed commands also depend on time, and those of other actors change too.
    const allowed = [step.who, ...protagonists].map((by) => ({
      domain: state.state === 'none' ? '' : sorted(allowedCommands(by, state, command.at)),
      model: before === null ? '' : sorted(modelAllowed(by, before, time(command.at))),
    }));
    const { after, outcome: actual } = domainOutcome(command, state);
    state = after;
    expect({
      command,
      before,
      allowed: allowed.map(({ domain }) => domain),
      outcome: actual,
      after: facetsOf(after),
    }).toEqual({
      command,
      before,
      allowed: allowed.map(({ model }) => model),
      outcome: modelOutcomeOf(outcome, before),
      after: modelFacets('events' in outcome ? outcome.ticket : before),
    });
  }
}

const sorted = (names: readonly string[]): string => names.toSorted().join();

describe('the domain and a second implementation of its table', () => {
  it('have the same commands', () => {
    expect(modelCommands).toEqual(Object.keys(ticketRules));
  });

  it(
    'agree on every command of a random walk: refusal or events, and the state after',
    () => {
      fc.assert(fc.property(walk, compare), { numRuns });
    },
    TEN_MINUTES,
  );
});

describe('the random walks', () => {
  // The walks have a fixed seed, so that their coverage does not depend on luck.
  let happenings: Happening[] = [];
  beforeAll(() => {
    happenings = fc.sample(walk, { numRuns: 300, seed: 20_261_124 }).flatMap(happeningsOf);
  });

  it.each(['create', ...modelCommands])('give the command %s with an effect', (name) => {
    const leading = happenings.filter(
      ({ command, outcome }) =>
        command.type === name && 'events' in outcome && outcome.events.length > 0,
    );
    expect(leading.length).toBeGreaterThan(4);
  });

  it.each(modelCommands)('give the command %s in every state', (name) => {
    const states = happenings
      .filter(({ command }) => command.type === name)
      .map((h) => h.before?.state ?? 'none');
    expect([...new Set(states)].sort()).toEqual(['none', ...ticketStates].sort());
  });

  it('cover every refusal and harmless repeats', () => {
    const met = happenings.map(({ outcome }) =>
      'refused' in outcome ? outcome.refused : outcome.events.length === 0 ? 'nothing' : 'events',
    );
    expect([...new Set(met)].sort()).toEqual(
      [
        'agreement_required',
        'already_handled',
        'events',
        'forbidden',
        'illegal_transition',
        'inactive_service',
        'invalid_request',
        'not_found',
        'nothing',
        'sensitive_content',
        'ticket_closed',
        'unknown_engineer',
        'unknown_service',
      ].sort(),
    );
  });
});
