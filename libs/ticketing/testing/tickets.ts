import type { TicketCommand } from '../ticket/catalogue.js';
import { decide } from '../ticket/decide.js';
import type { TicketEvent } from '../ticket/events.js';
import { evolve } from '../ticket/evolve.js';
import { noTicket, type TicketState, type TicketStateName } from '../ticket/state.js';
import type { Service } from '../service/state.js';
import { alice, type Person } from './actors.js';
import { specificationOf, type ExpectedRefusal } from './specification.js';

export const given = specificationOf<TicketCommand, TicketState, TicketEvent>({
  initial: noTicket,
  decide,
  evolve,
});

/** The state after some events. */
export const stateAfter = (...events: readonly TicketEvent[]): TicketState =>
  events.reduce<TicketState>(evolve, noTicket);

export const ticketId = '019ab3c4-5d6e-7f80-9123-456789abcdef';
/** The time of the commands in the specs, before the confirmation of the histories is due. */
export const now = '2026-11-24T12:00:00.000Z';
/** The deadline of alice's confirmation, in the histories that wait for it. */
export const confirmationDueAt = '2026-11-27T09:00:00.000Z';
/** The deadline of alice's evaluation, in the histories that are closed. */
export const evaluationDueAt = '2026-12-24T09:00:00.000Z';

export const vpn: Service = {
  state: 'active',
  serviceId: 'vpn',
  name: 'VPN',
  issueTypes: [],
  owners: ['bob', 'carol'],
};

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

/** The commands that each person may give at `now`, by state, worked out by hand. */
export const allowedTo: Record<Person, Partial<Record<TicketStateName, readonly string[]>>> = {
  alice: {
    pending: ['messages', 'cancel'],
    processing: ['messages'],
    pending_feedback: ['provide-feedback'],
    pending_reply: ['messages'],
    pending_confirmation: ['confirm', 'reject-resolution'],
    closed: ['evaluate'],
  },
  bob: {
    pending: ['handle', 'forward', 'notes'],
    processing: ['forward', 'request-feedback', 'notes', 'resolve', 'severity'],
    pending_feedback: ['forward', 'notes', 'severity'],
    pending_reply: ['forward', 'request-feedback', 'notes', 'resume', 'resolve', 'severity'],
    pending_confirmation: ['notes', 'withdraw-resolution', 'severity'],
  },
  carol: {
    pending: ['handle', 'forward', 'notes'],
    processing: ['notes'],
    pending_feedback: ['notes'],
    pending_reply: ['notes'],
    pending_confirmation: ['notes'],
  },
  dave: {
    pending: ['notes'],
    processing: ['notes'],
    pending_feedback: ['notes'],
    pending_reply: ['notes'],
    pending_confirmation: ['notes'],
  },
  lena: {
    pending: ['handle', 'assign', 'forward', 'notes', 'close', 'severity'],
    processing: ['forward', 'notes', 'close', 'severity'],
    pending_feedback: ['forward', 'notes', 'close', 'severity'],
    pending_reply: ['forward', 'notes', 'close', 'severity'],
    pending_confirmation: ['notes', 'close', 'severity'],
  },
  anna: {},
  audra: {},
  rita: {},
  petra: {},
  system: { pending: ['dispatch'] },
};

/** The refusal of a command by an authorized actor in the wrong state. */
export const refusedIn = (state: TicketStateName, person: Person): ExpectedRefusal => ({
  code: state === 'closed' || state === 'canceled' ? 'ticket_closed' : 'illegal_transition',
  state,
  allowed: allowedTo[person][state] ?? [],
});
