import { allowedCommands } from '#ticketing/ticket/decide.js';
import type { Actor } from '#ticketing/decision.js';
import { handlerOf } from '#ticketing/ticket/state.js';
import { mayOnTicket } from '#ticketing/ticket/visibility.js';
import type { TicketMessage, TicketNote } from './show-ticket-query.js';
import type { ServiceName } from './ticket-item.js';
import type { TicketEntry } from '#projections/ticket-entries.js';
import type { TicketView } from '#projections/tickets.js';

/** A ticket in a list. Texts are omitted for actors who may not read them. */
export const listItem = (view: TicketView, service: ServiceName, actor: Actor) => ({
  ticketId: view.ticket.ticketId,
  reference: view.reference,
  state: view.ticket.state,
  revision: view.revision,
  service,
  issueType: view.ticket.issueType,
  severity: view.ticket.severity,
  ...(mayOnTicket(actor, 'open', view.ticket.requester) ? { description: view.description } : {}),
  requester: view.ticket.requester,
  owners: view.ticket.owners,
  handler: handlerOf(view.ticket),
  closeReason: view.closeReason,
  createdAt: view.createdAt,
  updatedAt: view.updatedAt,
});

/** A ticket with its messages and notes, and the commands that the actor may give at a time. */
export const ticketPage = (
  view: TicketView,
  service: ServiceName,
  entries: readonly TicketEntry[],
  actor: Actor,
  now: string,
) => ({
  ...listItem(view, service, actor),
  messages: entries.filter(({ kind }) => kind !== 'note').map(message),
  ...(mayOnTicket(actor, 'readNotes', view.ticket.requester)
    ? { notes: entries.filter(({ kind }) => kind === 'note').map(note) }
    : {}),
  attachments: [],
  resolution: view.resolution,
  evaluation: view.evaluation,
  previousTicketId: view.previousTicketId,
  authorizations: [],
  contact: 'withheld' as const,
  allowed: allowedCommands(actor, view.ticket, now),
});

const message = ({ kind, author, text, at, revision }: TicketEntry): TicketMessage => ({
  kind,
  author: { id: author.id, role: author.role },
  message: text,
  at,
  revision,
});

const note = ({ author, text, at, revision }: TicketEntry): TicketNote => ({
  author: { id: author.id, role: author.role },
  text,
  at,
  revision,
});
