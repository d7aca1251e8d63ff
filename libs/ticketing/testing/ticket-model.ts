import type { Actor } from '../decision.js';
import type { TicketCommand } from '../ticket/catalogue.js';
import {
  confirmBy,
  createdBy,
  dataOf,
  evaluateBy,
  isStaff,
  ownersOf,
  time,
  type ModelOutcome,
  type ModelTicket,
} from './ticket-model-data.js';
import { rows, type Row } from './ticket-model-table.js';

const isRequester = (actor: Actor, { requester }: ModelTicket): boolean =>
  actor.roles.includes('customer') &&
  actor.id === requester.id &&
  actor.tenant === requester.tenant;

/** The names in the table's column "who". */
const WHO: Readonly<Record<string, (actor: Actor, ticket: ModelTicket) => boolean>> = {
  system: (actor) => actor.roles.includes('system'),
  lead: (actor) => actor.roles.includes('lead'),
  staff: isStaff,
  requester: isRequester,
  handler: (actor, ticket) => isStaff(actor) && ticket.handler === actor.id,
  owner: (actor, ticket) => isStaff(actor) && ticket.owners.includes(actor.id),
  'owner in P': (actor, ticket) =>
    isStaff(actor) && ticket.owners.includes(actor.id) && ticket.state === 'pending',
};

const isFor = (row: Row, actor: Actor, ticket: ModelTicket): boolean =>
  row.who.some((word) => WHO[word]?.(actor, ticket) === true);

const rowsFor = (command: string, actor: Actor, ticket: ModelTicket): Row[] =>
  rows.filter((row) => row.command === command && isFor(row, actor, ticket));

/** The guards that depend on time. */
function mustWait({ command, who }: Row, ticket: ModelTicket, at: number): boolean {
  if (command === 'close' && who.includes('handler')) return at < ticket.confirmBy;
  if (command === 'evaluate') return ticket.evaluateBy === null || at > ticket.evaluateBy;
  return false;
}

/** The commands that an actor may give at a time, in no particular order. */
export function modelAllowed(actor: Actor, ticket: ModelTicket, at: number): string[] {
  const possible = rows.filter(
    (row) =>
      row.from.includes(ticket.state) && isFor(row, actor, ticket) && !mustWait(row, ticket, at),
  );
  return [...new Set(possible.map(({ command }) => command))];
}

/** The outcome of a command. */
export function modelOutcome(command: TicketCommand, ticket: ModelTicket | null): ModelOutcome {
  if (command.type === 'create') return createdBy(command, ticket);
  const { by, type } = command;
  const seesAll = by.roles.some((role) => ['engineer', 'lead', 'auditor', 'system'].includes(role));
  if (ticket === null || (!seesAll && !isRequester(by, ticket))) return { refused: 'not_found' };
  const [row, otherRow] = rowsFor(type, by, ticket);
  if (row === undefined) return { refused: 'forbidden' };
  const role = roleFor(row, by);
  if (isRepeat(command, ticket)) return { events: [], role, ticket };
  const outcome = outcomeOfRow(row, command, ticket, role);
  const other = otherRow === undefined ? outcome : outcomeOfRow(otherRow, command, ticket, role);
  return 'refused' in outcome && 'events' in other ? other : outcome;
}

function roleFor({ who }: Row, by: Actor): string {
  if (who.includes('requester')) return 'customer';
  if (who.includes('system')) return 'system';
  return by.roles.includes('lead') ? 'lead' : 'engineer';
}

function isRepeat(command: TicketCommand, ticket: ModelTicket): boolean {
  const { state, handler, owners } = ticket;
  switch (command.type) {
    case 'handle':
      return handler === command.by.id && state !== 'closed';
    case 'forward':
      if (state === 'pending') return owners.join() === command.engineerId;
      return (
        ['processing', 'pending_feedback', 'pending_reply'].includes(state) &&
        handler === command.engineerId
      );
    case 'dispatch':
      // The dispatch policy may repeat its command: a ticket that reached an engineer is not dispatched again.
      return ticket.reached;
    default:
      return false;
  }
}

function outcomeOfRow(
  row: Row,
  command: Exclude<TicketCommand, { type: 'create' }>,
  ticket: ModelTicket,
  role: string,
): ModelOutcome {
  const at = time(command.at);
  const refusedNow = (refused: string) => ({
    refused,
    allowed: modelAllowed(command.by, ticket, at),
  });
  if (!row.from.includes(ticket.state)) {
    if (ticket.state === 'closed' || ticket.state === 'canceled')
      return refusedNow('ticket_closed');
    const taken = ticket.handler !== null && ['handle', 'assign'].includes(command.type);
    return refusedNow(taken ? 'already_handled' : 'illegal_transition');
  }
  if (mustWait(row, ticket, at)) return refusedNow('illegal_transition');
  if (command.type === 'dispatch' && ownersOf(command.service).length === 0) {
    return { refused: 'illegal_transition', allowed: [] };
  }
  if ('engineer' in command && command.engineer.state !== 'active')
    return { refused: 'unknown_engineer' };
  if (command.type === 'close' && row.who.includes('lead') && command.reason === undefined) {
    return { refused: 'invalid_request' };
  }
  const moved = { ...ticket, state: row.to ?? ticket.state };
  return {
    events: row.events.map((type) => ({ type, data: dataOf(type, command, ticket, row) })),
    role,
    ticket: { ...moved, ...changesBy(command, ticket) },
  };
}

/** The changes of a command besides the state. */
function changesBy(command: TicketCommand, ticket: ModelTicket): Partial<ModelTicket> {
  switch (command.type) {
    case 'dispatch':
      return { owners: ownersOf(command.service), reached: true };
    case 'handle':
      return { handler: command.by.id };
    case 'assign':
      return { handler: command.engineerId };
    case 'forward':
      return ticket.state === 'pending'
        ? { owners: [command.engineerId], reached: true }
        : { handler: command.engineerId };
    case 'resolve':
      return { confirmBy: confirmBy(command.at, command.confirmationMinutes) };
    case 'confirm':
      return { evaluateBy: command.rating === undefined ? evaluateBy(command.at) : null };
    case 'close':
      return { evaluateBy: evaluateBy(command.at) };
    case 'evaluate':
      return { evaluateBy: null };
    case 'severity':
      return { severity: command.severity };
    default:
      return {};
  }
}
