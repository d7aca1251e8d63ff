import type { Actor } from '../decision.js';
import type { TicketAction } from '../ticket/catalogue.js';
import type { TicketStateName } from '../ticket/state.js';
import { engineers } from './actors.js';
import { modelAllowed, modelOutcome } from './ticket-model.js';
import { ownersOf, time, type ModelOutcome, type ModelTicket } from './ticket-model-data.js';
import { membersOf } from './ticket-model-table.js';

const values: Readonly<Record<string, unknown>> = {
  engineerId: 'dave',
  message: 'Since when?',
  text: 'Their router is old.',
  summary: 'Renewed the certificate.',
  reason: 'A duplicate.',
  severity: 'high',
  rating: 3,
  comment: 'Quick.',
};

/** A request for a command, with all members. */
export const exampleRequest = (command: string): object =>
  Object.fromEntries(membersOf(command).map(({ name }) => [name, values[name] ?? 'Any text.']));

export const vpn = {
  state: 'active',
  serviceId: 'vpn',
  name: 'VPN',
  issueTypes: [],
  owners: ['bob', 'carol'],
} as const;

const facts = {
  engineer: engineers.dave,
  service: vpn,
  serviceRevision: 4,
  confirmationMinutes: 4_320,
};

/** When the commands of the specs are sent. */
export const now = '2026-11-24T12:00:00.000Z';
/** The deadline of alice's confirmation, in the histories that wait for it. */
export const confirmationDueAt = '2026-11-27T09:00:00.000Z';
/** The deadline of alice's evaluation, in the histories that are closed. */
export const evaluationDueAt = '2026-12-24T09:00:00.000Z';

/** A well-formed command, with what its decision may need. */
export const exampleCommand = (type: string, by: Actor, at = now): TicketAction =>
  ({ ...facts, ...exampleRequest(type), type, by, at }) as TicketAction;

/** Alice's ticket in a state: dispatched to bob and carol; bob is its handler if there is one. */
export const modelTicketIn = (state: TicketStateName): ModelTicket => ({
  state,
  requester: { id: 'alice', tenant: 'acme' },
  serviceId: vpn.serviceId,
  handler: state === 'pending' || state === 'canceled' ? null : 'bob',
  owners: ownersOf(vpn),
  reached: true,
  severity: null,
  confirmBy: time(confirmationDueAt),
  evaluateBy: time(evaluationDueAt),
});

/** The commands that a person may send `now` on alice's ticket in a state. */
export const allowedIn = (by: Actor, state: TicketStateName): string[] =>
  modelAllowed(by, modelTicketIn(state), time(now));

/** The outcome of a person's command on alice's ticket in a state. */
export const outcomeIn = (command: string, by: Actor, state: TicketStateName): ModelOutcome =>
  modelOutcome(exampleCommand(command, by), modelTicketIn(state));
