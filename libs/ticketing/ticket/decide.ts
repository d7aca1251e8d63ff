import { accept, forbid, refuse, type Actor, type Decision, type Timestamp } from '../decision.js';
import { addMessage, type AddMessage } from './add-message.js';
import { addNote, type AddNote } from './add-note.js';
import { assign, type Assign } from './assign.js';
import { cancel, type Cancel } from './cancel.js';
import { close, type Close } from './close.js';
import { confirm, type Confirm } from './confirm.js';
import { create, type Create } from './create.js';
import { dispatch, type Dispatch } from './dispatch.js';
import { evaluate, type Evaluate } from './evaluate.js';
import type { TicketEvent } from './events.js';
import { forward, type Forward } from './forward.js';
import { handle, type Handle } from './handle.js';
import { provideFeedback, type ProvideFeedback } from './provide-feedback.js';
import { rejectResolution, type RejectResolution } from './reject-resolution.js';
import { requestFeedback, type RequestFeedback } from './request-feedback.js';
import { resolve, type Resolve } from './resolve.js';
import { resume, type Resume } from './resume.js';
import type { Rule } from './rule.js';
import { setSeverity, type SetSeverity } from './set-severity.js';
import { handlerOf, type Ticket, type TicketState } from './state.js';
import { mayOnTicket, NO_SUCH_TICKET } from './visibility.js';
import { withdrawResolution, type WithdrawResolution } from './withdraw-resolution.js';

/** A command on a ticket that exists. */
export type TicketAction =
  | Dispatch
  | Handle
  | Assign
  | Forward
  | RequestFeedback
  | ProvideFeedback
  | AddMessage
  | AddNote
  | Resume
  | Resolve
  | WithdrawResolution
  | Confirm
  | RejectResolution
  | Cancel
  | Close
  | SetSeverity
  | Evaluate;

export type TicketCommand = Create | TicketAction;
export type TicketActionName = TicketAction['type'];

/** The table of `domain.md`, by the names that commands have in the HTTP API. */
const rules: { readonly [Name in TicketActionName]: Rule<Extract<TicketAction, { type: Name }>> } =
  {
    dispatch,
    handle,
    assign,
    forward,
    'request-feedback': requestFeedback,
    'provide-feedback': provideFeedback,
    messages: addMessage,
    notes: addNote,
    resume,
    resolve,
    'withdraw-resolution': withdrawResolution,
    confirm,
    'reject-resolution': rejectResolution,
    cancel,
    close,
    severity: setSeverity,
    evaluate,
  };

const actionNames = Object.keys(rules) as TicketActionName[];

/** Decides a command on a ticket as its log has it: the events that follow, or why it is refused. */
export const decide = (command: TicketCommand, state: TicketState): Decision<TicketEvent> =>
  command.type === 'create' ? create(command, state) : decideAction(command, state);

/** The order of questions is the order of answers: may they see it, may they do it, can it be now. */
function decideAction(command: TicketAction, ticket: TicketState): Decision<TicketEvent> {
  const rule: Rule<TicketAction> = rules[command.type];
  if (ticket.state === 'none' || !mayOnTicket(command.by, 'open', ticket.requester))
    return refuse(noSuchTicket);
  const role = rule.actingAs(command.by, ticket);
  if (role === null) return forbid(`Only ${rule.who} may give the command "${command.type}".`);
  if (rule.repeats?.(command, ticket) === true) return accept(role);
  if (!rule.from.includes(ticket.state)) return refuseState(command, ticket);
  const hindrance = rule.hindrance?.(command, ticket) ?? null;
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
  if (ticket.state === 'closed' || ticket.state === 'canceled') {
    return refuse({
      code: 'ticket_closed',
      detail: `This ticket is ${ticket.state}, which is final. A further problem is a new ticket.`,
      ...situation(command, ticket),
    });
  }
  if (handler !== null && (command.type === 'handle' || command.type === 'assign')) {
    return refuse({
      code: 'already_handled',
      detail: `Engineer ${handler} has taken this ticket. They or a lead can forward it.`,
      handler,
      ...situation(command, ticket),
    });
  }
  const { from } = rules[command.type];
  return refuse({
    code: 'illegal_transition',
    detail: `The command "${command.type}" needs a ticket that is ${from.join(' or ')}; this one is ${ticket.state}.`,
    ...situation(command, ticket),
  });
}

const situation = ({ by, at }: TicketAction, ticket: Ticket) => ({
  state: ticket.state,
  allowed: allowedCommands(by, ticket, at),
});

/** The commands that an actor may give on a ticket at a moment, by their names in the HTTP API. */
export const allowedCommands = (actor: Actor, ticket: Ticket, at: Timestamp): TicketActionName[] =>
  actionNames.filter((name) => {
    const rule = rules[name];
    return (
      rule.from.includes(ticket.state) &&
      rule.actingAs(actor, ticket) !== null &&
      (rule.hindrance?.({ by: actor, at }, ticket) ?? null) === null
    );
  });
