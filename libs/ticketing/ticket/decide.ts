import {
  accept,
  forbid,
  refuse,
  type Actor,
  type Decision,
  type Given,
  type Refusal,
  type Timestamp,
} from '../decision.js';
import { unlessEngineer } from '../engineer/standing.js';
import {
  ticketRules,
  type TicketAction,
  type TicketActionName,
  type TicketCommand,
} from './catalogue.js';
import { create } from './create.js';
import type { TicketEvent } from './events.js';
import { refusalIfFull } from './limits.js';
import type { Rule } from './rule.js';
import { handlerOf, type Ticket, type TicketState } from './state.js';
import { mayOnTicket, NO_SUCH_TICKET } from './visibility.js';

type AnyRule = Rule<TicketAction, TicketEvent>;

const rules: { readonly [Name in TicketActionName]: AnyRule } = ticketRules;
const actionNames = Object.keys(rules) as TicketActionName[];

/** Decides a command on a ticket. */
export const decide = (command: TicketCommand, state: TicketState): Decision<TicketEvent> =>
  command.type === 'create' ? create.decide(command, state) : decideAction(command, state);

/** The order of the checks is visibility, rights, state. */
function decideAction(command: TicketAction, ticket: TicketState): Decision<TicketEvent> {
  const { by, type } = command;
  if (ticket.state === 'none' || !mayOnTicket(by, 'open', ticket.requester)) {
    return refuse(noSuchTicket);
  }
  const rule = rules[type];
  const role = rule.who.actingAs(by, ticket);
  if (role === null) return forbid(`Only ${rule.who.words} may give the command "${type}".`);
  const unfit = role === 'engineer' ? unlessEngineer(by) : null;
  if (unfit !== null) return unfit;
  if (rule.repeats?.(command, ticket) === true) return accept(role);
  if (!rule.from.includes(ticket.state)) return refuseState(command, ticket);
  const hindrance = hindranceOf(rule, command, ticket);
  if (hindrance !== null) return refuse({ ...hindrance, ...situation(command, ticket) });
  return rule.decide(command, ticket, role);
}

const noSuchTicket = {
  code: 'not_found',
  detail: NO_SUCH_TICKET,
  aboutTheActor: true,
} as const;

function refuseState(command: TicketAction, ticket: Ticket): Decision<TicketEvent> {
  const handler = handlerOf(ticket);
  const { from, takes } = rules[command.type];
  if (ticket.state === 'closed' || ticket.state === 'canceled') {
    return refuse({
      code: 'ticket_closed',
      detail: `This ticket is ${ticket.state}, which is final. Create a new ticket for a further problem.`,
      ...situation(command, ticket),
    });
  }
  if (handler !== null && takes === true) {
    return refuse({
      code: 'already_handled',
      detail: `Engineer ${handler} has taken this ticket. The engineer or a lead can forward it.`,
      handler,
      ...situation(command, ticket),
    });
  }
  return refuse({
    code: 'illegal_transition',
    detail: `The command "${command.type}" needs a ticket that is ${from.join(' or ')}; this one is ${ticket.state}.`,
    ...situation(command, ticket),
  });
}

/** Why the command cannot be given now, although actor and state allow it; null if it can be. */
const hindranceOf = (rule: AnyRule, given: Given, ticket: Ticket): Refusal | null =>
  (rule.whenFull === true ? null : refusalIfFull(ticket.size)) ??
  rule.hindrance?.(given, ticket) ??
  null;

const situation = ({ by, at }: TicketAction, ticket: Ticket) => ({
  state: ticket.state,
  allowed: allowedCommands(by, ticket, at),
});

/** The commands that an actor may give on a ticket at a moment, by their names in the HTTP API. */
export const allowedCommands = (actor: Actor, ticket: Ticket, at: Timestamp): TicketActionName[] =>
  actionNames.filter((name) => isAllowed(name, actor, ticket, at));

/** Whether an actor may give a command on a ticket at a moment. */
export function isAllowed(
  name: TicketActionName,
  by: Actor,
  ticket: Ticket,
  at: Timestamp,
): boolean {
  const rule = rules[name];
  const role = rule.who.actingAs(by, ticket);
  return (
    rule.from.includes(ticket.state) &&
    role !== null &&
    (role !== 'engineer' || unlessEngineer(by) === null) &&
    hindranceOf(rule, { by, at }, ticket) === null
  );
}
