import { OneOf, Part, Parts, Revision, Text, Time } from '#platform/openapi/answer-members.js';
import type { TicketEntry } from '#projections/ticket-entries.js';
import { isMessage, messageKinds } from '#projections/ticket-texts.js';
import type { Actor } from '#ticketing/decision.js';
import type { Ticket } from '#ticketing/ticket/state.js';
import { mayOnTicket } from '#ticketing/ticket/visibility.js';

/** A ticket's page shows at most this many of the latest messages and notes. */
export const MAX_ENTRIES = 1_000;

/** The author of a text, and their role. */
export class TicketAuthor {
  @Text({ example: 'bob' })
  readonly id!: string;

  @Text({ example: 'engineer' })
  readonly role!: string;
}

/** A message between the customer and the desk. */
export class TicketMessage {
  @OneOf(messageKinds)
  readonly kind!: string;

  @Part(() => TicketAuthor)
  readonly author!: TicketAuthor;

  @Text()
  readonly message!: string;

  @Time()
  readonly at!: string;

  @Revision()
  readonly revision!: number;
}

/** An internal note. */
export class TicketNote {
  @Part(() => TicketAuthor)
  readonly author!: TicketAuthor;

  @Text()
  readonly text!: string;

  @Time()
  readonly at!: string;

  @Revision()
  readonly revision!: number;
}

/** Messages and notes of a ticket. */
export class EntriesAnswer {
  @Parts(() => TicketMessage, { description: 'The latest messages, oldest first.' })
  readonly messages!: readonly TicketMessage[];

  @Parts(() => TicketNote, { required: false, description: 'Left out for customers.' })
  readonly notes?: readonly TicketNote[];
}

/** Entries that an actor may read, as an answer has them. */
export function entriesAnswer(
  latestFirst: readonly TicketEntry[],
  { requester }: Ticket,
  actor: Actor,
) {
  const entries = latestFirst.toReversed();
  const notes = entries.filter(({ kind }) => kind === 'note').map(note);
  return {
    messages: entries.filter(isMessage).map(message),
    ...(mayOnTicket(actor, 'readNotes', requester) ? { notes } : {}),
  };
}

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
