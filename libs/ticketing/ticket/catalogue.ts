import type { Role } from '../decision.js';
import { addMessage } from './add-message.js';
import { addNote } from './add-note.js';
import { assign } from './assign.js';
import { cancel } from './cancel.js';
import { close } from './close.js';
import { confirm } from './confirm.js';
import { create, type Create } from './create.js';
import { dispatch } from './dispatch.js';
import { evaluate } from './evaluate.js';
import { forward } from './forward.js';
import { handle } from './handle.js';
import { provideFeedback } from './provide-feedback.js';
import { rejectResolution } from './reject-resolution.js';
import { requestFeedback } from './request-feedback.js';
import { resolve } from './resolve.js';
import { resume } from './resume.js';
import { setSeverity } from './set-severity.js';
import { withdrawResolution } from './withdraw-resolution.js';

/**
 * The commands on a ticket that exists, by their names in the HTTP API: the table of `domain.md`.
 * Commands, events, `allowed`, the HTTP API, the command line and the replay derive from it.
 */
export const ticketRules = {
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

type Rules = typeof ticketRules;
type CommandOf<R> = R extends { decide(command: infer Command, ...rest: never[]): unknown }
  ? Command
  : never;

export type TicketActionName = keyof Rules;
/** A command on a ticket that exists. */
export type TicketAction = CommandOf<Rules[TicketActionName]>;
export type TicketCommand = Create | TicketAction;

/** All commands on tickets, by name. */
export const ticketCatalogue = { create, ...ticketRules };
export type TicketCommandName = keyof typeof ticketCatalogue;

/** The commands on an existing ticket that callers may send: the service itself sends the others. */
export const callerActionNames = (Object.keys(ticketRules) as TicketActionName[]).filter(
  (name) => !ticketRules[name].who.roles.includes('system'),
);

/** All commands that callers may send. */
export const callerCommands: readonly TicketCommandName[] = ['create', ...callerActionNames];

/** The roles that at least one of these commands requires. */
export const callerRoles: readonly Role[] = [
  ...new Set(callerCommands.flatMap((name): readonly Role[] => ticketCatalogue[name].who.roles)),
];
