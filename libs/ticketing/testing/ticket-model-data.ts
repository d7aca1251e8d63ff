import type { Actor } from '../decision.js';
import type { ServiceState } from '../service/state.js';
import type { Create } from '../ticket/create.js';
import type { TicketAction } from '../ticket/catalogue.js';
import type { Row } from './ticket-model-table.js';

/** The model's state of a ticket. Times are milliseconds since the epoch. */
export interface ModelTicket {
  readonly state: string;
  readonly requester: { readonly id: string; readonly tenant: string | null };
  readonly serviceId: string;
  readonly handler: string | null;
  readonly owners: readonly string[];
  /** Whether it was dispatched, or forwarded to an owner. */
  readonly reached: boolean;
  readonly severity: string | null;
  readonly confirmBy: number;
  /** Null if there is a rating. */
  readonly evaluateBy: number | null;
}

export interface ModelEvent {
  readonly type: string;
  readonly data: object;
}

export type ModelOutcome =
  | { readonly refused: string; readonly allowed?: readonly string[] }
  | {
      readonly events: readonly ModelEvent[];
      readonly role: string;
      readonly ticket: ModelTicket;
    };

const DAYS_30 = 30 * 24 * 60 * 60 * 1_000;

export const time = (at: string): number => new Date(at).getTime();
const iso = (at: number): string => new Date(at).toISOString();
export const isStaff = ({ roles }: Actor): boolean =>
  roles.includes('engineer') || roles.includes('lead');

export const ownersOf = (service: ServiceState): readonly string[] =>
  service.state === 'none' ? [] : service.owners;

/** The deadline of an evaluation, for a ticket closed at a given time. */
export const evaluateBy = (closedAt: string): number => time(closedAt) + DAYS_30;
export const confirmBy = (resolvedAt: string, minutes: number): number =>
  time(resolvedAt) + minutes * 60_000;

/** The data of a command's event: the members of its request, with few exceptions. */
export function dataOf(
  eventType: string,
  command: TicketAction,
  ticket: ModelTicket,
  { who, members }: Row,
): object {
  switch (command.type) {
    case 'dispatch':
      return {
        owners: ownersOf(command.service),
        serviceId: ticket.serviceId,
        serviceRevision: command.serviceRevision,
      };
    case 'handle':
      return { engineerId: command.by.id, how: 'claimed', reason: command.reason ?? null };
    case 'assign':
      return { engineerId: command.engineerId, how: 'assigned', reason: null };
    case 'forward':
      return {
        engineerId: command.engineerId,
        became: ticket.handler === null ? 'owner' : 'handler',
        from: ticket.handler,
        reason: command.reason ?? null,
      };
    case 'resolve':
      return {
        summary: command.summary,
        confirmationDueAt: iso(confirmBy(command.at, command.confirmationMinutes)),
      };
    case 'close':
      return {
        reason: who.includes('lead') ? 'forced' : 'unconfirmed',
        explanation: command.reason ?? null,
        evaluationDueAt: iso(evaluateBy(command.at)),
      };
    case 'confirm':
      if (eventType !== 'TicketClosed') return membersIn(command, members);
      return {
        reason: 'confirmed',
        explanation: null,
        evaluationDueAt: command.rating === undefined ? iso(evaluateBy(command.at)) : null,
      };
    default:
      return membersIn(command, members);
  }
}

function membersIn(command: TicketAction, members: Row['members']): object {
  const given = new Map<string, unknown>(Object.entries(command));
  return Object.fromEntries(members.map(({ name }) => [name, given.get(name) ?? null]));
}

/** The outcome of a creation. A command has at most one flaw, so the order of checks is irrelevant. */
export function createdBy(command: Create, ticket: ModelTicket | null): ModelOutcome {
  const { by, onBehalfOf, service } = command;
  const mayCreate = onBehalfOf === undefined ? by.roles.includes('customer') : isStaff(by);
  if (!mayCreate) return { refused: 'forbidden' };
  if (ticket !== null) return { refused: 'illegal_transition', allowed: [] };
  const flaw = flawOf(command);
  if (flaw !== null) return { refused: flaw };
  const requester = onBehalfOf ?? { id: by.id, tenant: by.tenant };
  const owners = ownersOf(service);
  const created: ModelEvent = {
    type: 'TicketCreated',
    data: {
      ticketId: command.ticketId,
      requester,
      serviceId: command.serviceId,
      issueType: command.issueType ?? null,
      description: command.description,
      contact: command.contact,
      agreementVersion: command.agreement?.version,
      previousTicketId: null,
      sensitiveAcknowledged: command.acknowledgeSensitive ?? false,
    },
  };
  const dispatched: ModelEvent = {
    type: 'TicketDispatched',
    data: { owners, serviceId: command.serviceId, serviceRevision: command.serviceRevision },
  };
  const staff = by.roles.includes('lead') ? 'lead' : 'engineer';
  return {
    events: owners.length > 0 ? [created, dispatched] : [created],
    role: onBehalfOf === undefined ? 'customer' : staff,
    ticket: {
      state: 'pending',
      requester,
      serviceId: command.serviceId,
      handler: null,
      owners,
      reached: owners.length > 0,
      severity: null,
      confirmBy: 0,
      evaluateBy: null,
    },
  };
}

function flawOf(command: Create): string | null {
  const { service, description, issueType, contact, agreement } = command;
  if (service.state === 'none') return 'unknown_service';
  if (service.state === 'inactive') return 'inactive_service';
  const { issueTypes } = service;
  const rightType =
    issueTypes.length === 0 ? issueType === undefined : issueTypes.some((one) => one === issueType);
  const invalid =
    !/\S/.test(description) ||
    !rightType ||
    (contact?.mobile ?? contact?.email) === undefined ||
    (contact?.receivingPeriod !== undefined && contact.mobile === undefined) ||
    command.previousTicketId !== undefined;
  if (invalid) return 'invalid_request';
  if (agreement === undefined || !agreement.accepted) return 'agreement_required';
  const secret = description.startsWith('password: ') && command.acknowledgeSensitive !== true;
  return secret ? 'sensitive_content' : null;
}
