import type { EngineerEvent } from '#ticketing/engineer/events.js';
import type { ServiceEvent } from '#ticketing/service/events.js';
import type { TicketEvent } from '#ticketing/ticket/events.js';
import { severities } from '#ticketing/ticket/state.js';
import type { LogEvent } from '../log-loss.js';
import { createCodec, type StoredType, type StoredTypes } from './codec.js';
import {
  flag,
  listOf,
  number,
  objectOf,
  oneOf,
  optional,
  orNull,
  text,
  time,
  type Shape,
} from './shape.js';

/** A type of which there is one version, with the shapes of its data's members. */
const first = <Data extends object>(members: {
  readonly [Member in keyof Data]-?: Shape<Data[Member]>;
}): StoredType<Data> => ({ version: 1, shape: objectOf(members) });

const textOrNull = orNull(text);
const period = objectOf<{ from: string; to: string; timeZone: string }>({
  from: text,
  to: text,
  timeZone: text,
});

/**
 * Every type of event in the log, the version that today's code writes, and what its data look like. To
 * change an event's data, raise its version here and add an upcaster for the previous version.
 */
export const ticketTypes: StoredTypes<TicketEvent> = {
  TicketCreated: first({
    ticketId: text,
    requester: objectOf({ id: text, tenant: textOrNull }),
    serviceId: text,
    issueType: textOrNull,
    description: text,
    contact: objectOf({
      mobile: optional(text),
      email: optional(text),
      receivingPeriod: optional(period),
    }),
    agreementVersion: text,
    previousTicketId: textOrNull,
    sensitiveAcknowledged: flag,
  }),
  TicketDispatched: first({ owners: listOf(text), serviceId: text, serviceRevision: number }),
  TicketAssigned: first({
    engineerId: text,
    how: oneOf('claimed', 'assigned'),
    reason: textOrNull,
  }),
  TicketForwarded: first({
    engineerId: text,
    became: oneOf('handler', 'owner'),
    from: textOrNull,
    reason: textOrNull,
  }),
  FeedbackRequested: first({ message: text }),
  FeedbackProvided: first({ message: text }),
  CustomerMessageAdded: first({ message: text }),
  InternalNoteAdded: first({ text }),
  ProcessingResumed: first({ reason: textOrNull }),
  ResolutionSubmitted: first({ summary: text, confirmationDueAt: time }),
  ResolutionWithdrawn: first({ reason: text }),
  ResolutionConfirmed: first({ rating: orNull(number), comment: textOrNull }),
  ResolutionRejected: first({ reason: text }),
  TicketCanceled: first({ reason: textOrNull }),
  TicketClosed: first({
    reason: oneOf('confirmed', 'unconfirmed', 'forced'),
    explanation: textOrNull,
    evaluationDueAt: orNull(time),
  }),
  TicketSeveritySet: first({ severity: oneOf(...severities) }),
  EvaluationSubmitted: first({ rating: number, comment: textOrNull }),
};

export const ticketCodec = createCodec(ticketTypes);

const serviceDetails = first({
  serviceId: text,
  name: text,
  issueTypes: listOf(text),
  active: flag,
});

export const serviceCodec = createCodec<ServiceEvent>({
  ServiceRegistered: serviceDetails,
  ServiceChanged: serviceDetails,
  ServiceDeactivated: first({ serviceId: text }),
  ServiceOwnersConfigured: first({
    serviceId: text,
    owners: listOf(text),
    previousOwners: listOf(text),
  }),
});

const engineerDetails = first({ engineerId: text, displayName: text, email: text, active: flag });

export const engineerCodec = createCodec<EngineerEvent>({
  EngineerRegistered: engineerDetails,
  EngineerChanged: engineerDetails,
  EngineerDeactivated: first({ engineerId: text }),
});

export const logCodec = createCodec<LogEvent>({
  LogLossAccepted: first({
    events: orNull(number),
    atLeastEvents: optional(number),
    since: orNull(time),
    until: time,
    acknowledgedPosition: text,
    endPosition: text,
  }),
});
