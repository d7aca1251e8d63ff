import {
  accept,
  forbid,
  refuse,
  refuseField,
  type Actor,
  type Decision,
  type Given,
  type Refusal,
} from '../decision.js';
import { unlessEngineer } from '../engineer/standing.js';
import type { Fact } from '../fact.js';
import type { Service, ServiceState } from '../service/state.js';
import { isVisible } from '../text.js';
import type { TicketDispatched } from './dispatch.js';
import { sameCustomer, STAFF, staffRole } from './rule.js';
import { findSensitive } from './sensitive-text.js';
import type { Requester, TicketState } from './state.js';

/** How to reach a customer: a mobile number, an email address, or both. */
export interface Contact {
  /** E.164, such as `+390612345678`. */
  readonly mobile?: string | undefined;
  readonly email?: string | undefined;
  /** When messages to the mobile number are welcome: `HH:MM` to `HH:MM` in an IANA time zone. */
  readonly receivingPeriod?:
    { readonly from: string; readonly to: string; readonly timeZone: string } | undefined;
}

export interface Create extends Given {
  readonly type: 'create';
  readonly ticketId: string;
  readonly serviceId: string;
  readonly issueType?: string | undefined;
  readonly description: string;
  readonly contact?: Contact | undefined;
  readonly agreement?: { readonly accepted: boolean; readonly version: string } | undefined;
  readonly previousTicketId?: string | undefined;
  /** The customer for whom staff create the ticket. */
  readonly onBehalfOf?: { readonly id: string; readonly tenant: string | null } | undefined;
  readonly acknowledgeSensitive?: boolean | undefined;
  /** The service, loaded with the command, and the revision of its stream. */
  readonly service: ServiceState;
  readonly serviceRevision: number;
  /** The state of the ticket `previousTicketId`, if given. */
  readonly previousTicket?: TicketState | undefined;
}

export type TicketCreated = Fact<
  'TicketCreated',
  {
    readonly ticketId: string;
    readonly requester: Requester;
    readonly serviceId: string;
    readonly issueType: string | null;
    readonly description: string;
    readonly contact: Contact;
    readonly agreementVersion: string;
    readonly previousTicketId: string | null;
    /** Whether the customer confirmed that a text that looks like a secret is not one. */
    readonly sensitiveAcknowledged: boolean;
  }
>;

type Created = TicketCreated | TicketDispatched;

/** A customer creates a ticket, or staff do for them. It is dispatched to the service's owners. */
export const create = {
  summary: 'Creates a ticket.',
  who: { roles: ['customer', ...STAFF] },
  to: 'pending',
  events: ['TicketCreated', 'TicketDispatched'],
  decide: decideCreation,
} as const;

function decideCreation(command: Create, state: TicketState): Decision<Created> {
  const raisedBy = requesterOf(command);
  if ('refusal' in raisedBy) return raisedBy;
  if (state.state !== 'none') {
    return refuse({
      code: 'illegal_transition',
      detail: 'A ticket with this id already exists.',
      state: state.state,
      allowed: [],
    });
  }
  const { service } = command;
  if (service.state === 'none') {
    return refuse({
      code: 'unknown_service',
      detail: `There is no service "${command.serviceId}". GET /api/v1/services lists them.`,
    });
  }
  const refusal = refusalOf(command, service, raisedBy.requester);
  return refusal ?? accept(raisedBy.role, ...eventsOf(command, service, raisedBy.requester));
}

function requesterOf({ by, onBehalfOf }: Create) {
  if (onBehalfOf === undefined) {
    return by.roles.includes('customer')
      ? { role: 'customer' as const, requester: customerOf(by) }
      : forbid(
          'Only customers create tickets for themselves. Staff must name a customer in onBehalfOf.',
        );
  }
  const role = staffRole(by);
  if (role === null) {
    return forbid('Only staff may create tickets on behalf of a customer. Remove onBehalfOf.');
  }
  const unfit = role === 'engineer' ? unlessEngineer(by) : null;
  return unfit ?? { role, requester: { id: onBehalfOf.id, tenant: onBehalfOf.tenant } };
}

const customerOf = (actor: Actor): Requester => ({ id: actor.id, tenant: actor.tenant });

function refusalOf(
  command: Create,
  service: Service,
  requester: Requester,
): { accepted: false; refusal: Refusal } | null {
  const { description, contact, agreement } = command;
  if (service.state === 'inactive') {
    return refuse({
      code: 'inactive_service',
      detail: `Service "${service.serviceId}" takes no new tickets. GET /api/v1/services lists those that do.`,
    });
  }
  if (!isVisible(description)) return refuseField('/description', 'Describe the issue.');
  const issueType = issueTypeProblem(command.issueType, service);
  if (issueType !== null) return refuseField('/issueType', issueType);
  const badContact = contactProblem(contact);
  if (badContact !== null) return badContact;
  if (agreement?.accepted !== true) {
    return refuse({
      code: 'agreement_required',
      detail: 'The customer agreement must be accepted: agreement { accepted: true, version }.',
    });
  }
  if (command.previousTicketId !== undefined && !isTheirs(command.previousTicket, requester)) {
    return refuseField('/previousTicketId', 'The requester has no such ticket.');
  }
  const sensitive = command.acknowledgeSensitive === true ? null : findSensitive(description);
  return sensitive === null
    ? null
    : refuse({
        code: 'sensitive_content',
        detail: `The description seems to contain ${sensitive}. Remove it, or send acknowledgeSensitive: true if it is not one.`,
        errors: [{ pointer: '/description', message: `This seems to contain ${sensitive}.` }],
      });
}

function contactProblem(contact: Contact | undefined) {
  if (contact?.mobile === undefined && contact?.email === undefined) {
    return refuseField('/contact', 'Give a mobile number, an email address, or both.');
  }
  return contact.receivingPeriod !== undefined && contact.mobile === undefined
    ? refuseField('/contact/receivingPeriod', 'A receiving period requires a mobile number.')
    : null;
}

function issueTypeProblem(issueType: string | undefined, service: Service): string | null {
  const { issueTypes } = service;
  if (issueTypes.length === 0) {
    return issueType === undefined ? null : 'This service has no issue types. Remove the field.';
  }
  return issueType !== undefined && issueTypes.includes(issueType)
    ? null
    : `Give one of this service's issue types: ${issueTypes.join(', ')}.`;
}

const isTheirs = (ticket: TicketState | undefined, requester: Requester): boolean =>
  ticket !== undefined &&
  ticket.state !== 'none' &&
  sameCustomer({ ...requester, roles: ['customer'] }, ticket.requester);

function eventsOf(command: Create, service: Service, requester: Requester): Created[] {
  const created: TicketCreated = {
    type: 'TicketCreated',
    data: {
      ticketId: command.ticketId,
      requester,
      serviceId: service.serviceId,
      issueType: command.issueType ?? null,
      description: command.description,
      contact: command.contact ?? {},
      agreementVersion: command.agreement?.version ?? '',
      previousTicketId: command.previousTicketId ?? null,
      sensitiveAcknowledged: command.acknowledgeSensitive === true,
    },
  };
  if (service.owners.length === 0) return [created];
  const { serviceRevision } = command;
  return [
    created,
    {
      type: 'TicketDispatched',
      data: { owners: service.owners, serviceId: service.serviceId, serviceRevision },
    },
  ];
}
