import type { Type } from '@nestjs/common';
import {
  callerActionNames,
  ticketRules,
  type TicketActionName,
  type TicketCommand,
  type TicketCommandName,
} from '#ticketing/ticket/catalogue.js';
import type { CommandDefinition } from './command-kind.js';
import { addMessage } from './tickets/add-message.js';
import { addNote } from './tickets/add-note.js';
import { assign } from './tickets/assign.js';
import { cancel } from './tickets/cancel.js';
import { close } from './tickets/close.js';
import { confirm } from './tickets/confirm.js';
import { create } from './tickets/create.js';
import { dispatch } from './tickets/dispatch.js';
import { evaluate } from './tickets/evaluate.js';
import { forward } from './tickets/forward.js';
import { handle } from './tickets/handle.js';
import { provideFeedback } from './tickets/provide-feedback.js';
import { rejectResolution } from './tickets/reject-resolution.js';
import { requestFeedback } from './tickets/request-feedback.js';
import { resolve } from './tickets/resolve.js';
import { resume } from './tickets/resume.js';
import { setSeverity } from './tickets/set-severity.js';
import { withdrawResolution } from './tickets/withdraw-resolution.js';

type Definition<Name> = CommandDefinition<TicketCommand> & { readonly name: Name };

/**
 * The catalogue: every command on tickets, from its request to its decision. A command's rule
 * (its actors, states and events) is in the domain's part of the catalogue.
 */
export const ticketCommands = {
  create,
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
} satisfies { readonly [Name in TicketCommandName]: Definition<Name> };

/** A command that callers may send on a ticket that exists. */
export interface CallerAction extends Definition<TicketActionName> {
  readonly request: Type<object>;
  /** What the command does, in one sentence. */
  readonly summary: string;
}

export const callerActions: readonly CallerAction[] = callerActionNames.flatMap((name) => {
  const { request, read } = ticketCommands[name];
  return request === null ? [] : { name, request, read, summary: ticketRules[name].summary };
});
