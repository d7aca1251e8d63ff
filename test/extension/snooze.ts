/** A change of one file: its whole text, or lines after an anchor that occurs exactly once. */
export type Edit = { readonly file: string } & (
  { readonly text: string } | { readonly after: string; readonly insert: string }
);

/** The changes that add the command `snooze`, with its event. */
export const product: readonly Edit[] = [
  {
    file: 'libs/ticketing/ticket/snooze.ts',
    text: `import { accept, type Given } from '../decision.js';
import type { Fact } from '../fact.js';
import { handler, type Rule } from './rule.js';

export interface Snooze extends Given {
  readonly type: 'snooze';
  readonly reason: string;
}

export type TicketSnoozed = Fact<'TicketSnoozed', { readonly reason: string }>;

/** The handler postpones the work on a ticket. */
export const snooze: Rule<Snooze, TicketSnoozed> = {
  summary: 'Postpones the work on a ticket.',
  who: handler,
  from: ['processing', 'pending_reply'],
  events: ['TicketSnoozed'],
  decide: ({ reason }, _ticket, role) => accept(role, { type: 'TicketSnoozed', data: { reason } }),
};
`,
  },
  {
    file: 'libs/ticketing/ticket/catalogue.ts',
    after: "import { setSeverity } from './set-severity.js';\n",
    insert: "import { snooze } from './snooze.js';\n",
  },
  { file: 'libs/ticketing/ticket/catalogue.ts', after: '  evaluate,\n', insert: '  snooze,\n' },
  {
    file: 'libs/ticketing/ticket/evolve.ts',
    after: "    case 'InternalNoteAdded':\n",
    insert: "    case 'TicketSnoozed':\n",
  },
  {
    file: 'libs/event-store/codec/stored-types.ts',
    after: '  EvaluationSubmitted: first({ rating: number, comment: textOrNull }),\n',
    insert: '  TicketSnoozed: first({ reason: text }),\n',
  },
  {
    file: 'libs/commands/tickets/snooze.ts',
    text: `import { onTicket } from '../kinds.js';
import { ReasonRequest } from './requests.js';

export const snooze = onTicket.define('snooze', ReasonRequest, ({ reason }, given) => ({
  ...given,
  reason,
}));
`,
  },
  {
    file: 'libs/commands/ticket-commands.ts',
    after: "import { setSeverity } from './tickets/set-severity.js';\n",
    insert: "import { snooze } from './tickets/snooze.js';\n",
  },
  { file: 'libs/commands/ticket-commands.ts', after: '  evaluate,\n', insert: '  snooze,\n' },
];

/** Its spec. */
export const spec: readonly Edit[] = [
  {
    file: 'libs/ticketing/ticket/snooze.spec.ts',
    text: `import { it } from '@jest/globals';
import { bob } from '../testing/actors.js';
import { given, now, refusedIn, ticketThatIs } from '../testing/tickets.js';

const command = { type: 'snooze', reason: 'Until Monday.', by: bob, at: now } as const;

it('is recorded', () => {
  given(ticketThatIs.processing)
    .when(command)
    .then({ type: 'TicketSnoozed', data: { reason: 'Until Monday.' } });
});

it('needs a ticket that is handled', () => {
  given(ticketThatIs.pending_confirmation)
    .when(command)
    .thenRefused(refusedIn('pending_confirmation', 'bob'));
});
`,
  },
];

/** Data required by existing tests: a row of the oracle, and a sample of the stored event. */
export const testData: readonly Edit[] = [
  {
    file: 'libs/ticketing/testing/ticket-model-table.ts',
    after: '| EvaluationSubmitted               | rating, comment?\n',
    insert: '  snooze | handler | PR, RP → = | TicketSnoozed | reason\n',
  },
  {
    file: 'libs/event-store/testing/todays-events.ts',
    after: '  EvaluationSubmitted: { rating: 5, comment: null },\n',
    insert: "  TicketSnoozed: { reason: 'Until Monday.' },\n",
  },
  {
    file: 'libs/event-store/codec/stored-events.fixture.json',
    after: '{\n  "ticket": [\n',
    insert:
      '{ "type": "TicketSnoozed", "schemaVersion": 1, "data": { "reason": "Until Monday." } },\n',
  },
];
