import type { EngineerEvent } from '#ticketing/engineer/events.js';
import type { ServiceEvent } from '#ticketing/service/events.js';
import type { TicketEvent } from '#ticketing/ticket/events.js';
import type { LogEvent } from '../log-loss.js';

/** The data of one event of every type. */
type OneOfEach<Event extends { readonly type: string; readonly data: unknown }> = {
  readonly [Type in Event['type']]: Extract<Event, { readonly type: Type }>['data'];
};

/** The events of `codec/stored-events.fixture.json`, decoded. `stored-types.spec.ts` requires every type. */
export const ticketEvents = {
  TicketCreated: {
    ticketId: '019ab3c4-5d6e-7f80-9123-456789abcdef',
    requester: { id: 'alice', tenant: 'acme' },
    serviceId: 'vpn',
    issueType: 'tunnel',
    description: 'The tunnel drops every hour. Ärgerlich! 🎫',
    contact: {
      mobile: '+390612345678',
      email: 'alice@acme.example',
      receivingPeriod: { from: '09:00', to: '18:00', timeZone: 'Europe/Rome' },
    },
    agreementVersion: '2026-01',
    previousTicketId: null,
    sensitiveAcknowledged: false,
  },
  TicketDispatched: { owners: ['bob', 'carol'], serviceId: 'vpn', serviceRevision: 4 },
  TicketAssigned: { engineerId: 'bob', how: 'claimed', reason: null },
  TicketForwarded: {
    engineerId: 'carol',
    became: 'handler',
    from: 'bob',
    reason: 'She knows tunnels.',
  },
  FeedbackRequested: { message: 'Since when?' },
  FeedbackProvided: { message: 'Since Monday.' },
  CustomerMessageAdded: { message: 'It happened again.' },
  InternalNoteAdded: { text: 'The certificate ran out.' },
  ProcessingResumed: { reason: null },
  ResolutionSubmitted: {
    summary: 'Renewed the certificate.',
    confirmationDueAt: '2026-11-27T09:00:00.000Z',
  },
  ResolutionWithdrawn: { reason: 'It was the wrong one.' },
  ResolutionConfirmed: { rating: 4, comment: 'Thank you.' },
  ResolutionRejected: { reason: 'It still drops.' },
  TicketCanceled: { reason: 'It works now.' },
  TicketClosed: {
    reason: 'unconfirmed',
    explanation: null,
    evaluationDueAt: '2026-12-24T09:00:00.000Z',
  },
  TicketSeveritySet: { severity: 'high' },
  EvaluationSubmitted: { rating: 5, comment: null },
} satisfies Partial<OneOfEach<TicketEvent>>;

const service = { serviceId: 'vpn', name: 'VPN', issueTypes: ['login', 'tunnel'], active: true };
export const serviceEvents: OneOfEach<ServiceEvent> = {
  ServiceRegistered: service,
  ServiceChanged: { ...service, name: 'Remote access', issueTypes: [] },
  ServiceDeactivated: { serviceId: 'vpn' },
  ServiceOwnersConfigured: {
    serviceId: 'vpn',
    owners: ['bob', 'carol'],
    previousOwners: ['bob'],
  },
};

const engineer = {
  engineerId: 'bob',
  displayName: 'Bob',
  email: 'bob@operator.example',
  active: true,
};
export const engineerEvents: OneOfEach<EngineerEvent> = {
  EngineerRegistered: engineer,
  EngineerChanged: { ...engineer, displayName: 'Robert' },
  EngineerDeactivated: { engineerId: 'bob' },
};

export const logEvents: OneOfEach<LogEvent> = {
  LogLossAccepted: {
    events: 2,
    since: '2026-11-24T08:00:00.000Z',
    until: '2026-11-24T09:00:00.000Z',
    acknowledgedPosition: '41',
    endPosition: '39',
  },
};
