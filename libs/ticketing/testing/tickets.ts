import type { TicketCommand } from '../ticket/catalogue.js';
import { decide } from '../ticket/decide.js';
import type { TicketEvent } from '../ticket/events.js';
import { evolve } from '../ticket/evolve.js';
import { noTicket, type TicketState, type TicketStateName } from '../ticket/state.js';
import { alice, people, type Person } from './actors.js';
import { specificationOf, type ExpectedRefusal } from './specification.js';
import { allowedIn, confirmationDueAt, evaluationDueAt } from './ticket-model-examples.js';

export const given = specificationOf<TicketCommand, TicketState, TicketEvent>({
  initial: noTicket,
  decide,
  evolve,
});

/** The state after some events. */
export const stateAfter = (...events: readonly TicketEvent[]): TicketState =>
  events.reduce<TicketState>(evolve, noTicket);

export {
  allowedIn,
  confirmationDueAt,
  evaluationDueAt,
  now,
  vpn,
} from './ticket-model-examples.js';

export const ticketId = '019ab3c4-5d6e-7f80-9123-456789abcdef';

export const created: TicketEvent = {
  type: 'TicketCreated',
  data: {
    ticketId,
    requester: { id: alice.id, tenant: alice.tenant },
    serviceId: 'vpn',
    issueType: null,
    description: 'The tunnel drops every hour.',
    contact: { email: 'alice@acme.example' },
    agreementVersion: '2026-01',
    previousTicketId: null,
    sensitiveAcknowledged: false,
  },
};
export const dispatched: TicketEvent = {
  type: 'TicketDispatched',
  data: { owners: ['bob', 'carol'], serviceId: 'vpn', serviceRevision: 4 },
};
const claimed: TicketEvent = {
  type: 'TicketAssigned',
  data: { engineerId: 'bob', how: 'claimed', reason: null },
};
const asked: TicketEvent = { type: 'FeedbackRequested', data: { message: 'Since when?' } };
const answered: TicketEvent = { type: 'FeedbackProvided', data: { message: 'Since Monday.' } };
const resolved: TicketEvent = {
  type: 'ResolutionSubmitted',
  data: { summary: 'Renewed the certificate.', confirmationDueAt },
};
const canceled: TicketEvent = { type: 'TicketCanceled', data: { reason: null } };
const unconfirmed: TicketEvent = {
  type: 'TicketClosed',
  data: { reason: 'unconfirmed', explanation: null, evaluationDueAt },
};

/** A ticket of a service that had no owners. */
export const undispatched: readonly TicketEvent[] = [created];

/** A history of alice's ticket for each state; bob is the handler if there is one. */
export const ticketThatIs: { readonly [State in TicketStateName]: readonly TicketEvent[] } = {
  pending: [created, dispatched],
  processing: [created, dispatched, claimed],
  pending_feedback: [created, dispatched, claimed, asked],
  pending_reply: [created, dispatched, claimed, asked, answered],
  pending_confirmation: [created, dispatched, claimed, resolved],
  canceled: [created, dispatched, canceled],
  closed: [created, dispatched, claimed, resolved, unconfirmed],
};

/** The states except these. For tables of tests. */
export const statesBut = (...states: readonly TicketStateName[]): TicketStateName[] =>
  (Object.keys(ticketThatIs) as TicketStateName[]).filter((state) => !states.includes(state));

export const forbidden: ExpectedRefusal = { code: 'forbidden', aboutTheActor: true };
export const notFound: ExpectedRefusal = { code: 'not_found', aboutTheActor: true };
export const invalid = (pointer: string): ExpectedRefusal => ({
  code: 'invalid_request',
  pointers: [pointer],
});

/** The refusal of a command by an authorized actor in the wrong state. */
export const refusedIn = (state: TicketStateName, person: Person): ExpectedRefusal => ({
  code: state === 'closed' || state === 'canceled' ? 'ticket_closed' : 'illegal_transition',
  state,
  allowed: allowedIn(people[person], state),
});
