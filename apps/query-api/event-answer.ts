import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import {
  Content,
  Part,
  PositionText,
  Revision,
  Text,
  Time,
} from '#platform/openapi/answer-members.js';
import { visibleData, type EventVisibility } from '#ticketing/ticket/visibility.js';
import { TicketRequester } from './tickets/ticket-item.js';

/** Who caused an event, and for whom. */
export class EventActorAnswer {
  @Text({ example: 'bob' })
  readonly id!: string;

  @Text({ example: 'engineer' })
  readonly role!: string;

  @Text({ required: false, nullable: true, example: 'acme' })
  readonly tenant?: string | null;

  @Part(() => TicketRequester, {
    required: false,
    description: 'The customer for whom staff acted.',
  })
  readonly onBehalfOf?: TicketRequester;
}

/** The members of an event in the history and in live updates. */
export class EventAnswer {
  @Revision()
  readonly revision!: number;

  @PositionText()
  readonly position!: string;

  @Text({ example: 'TicketCreated' })
  readonly type!: string;

  @Time()
  readonly at!: string;

  @Part(() => EventActorAnswer)
  readonly actor!: EventActorAnswer;
}

/** The data of an event, which depend on its type. */
export const EventData = (more: { readonly required?: boolean } = {}) =>
  Content({
    example: { message: 'Since when does it fail?' },
    description: "The event's data in today's version, without private data.",
    ...more,
  });

export const eventAnswer = (
  { revision, position, type, at, metadata, data }: DecodedEvent,
  visibility: EventVisibility,
) =>
  ({
    revision,
    position: position.toString(),
    type,
    at,
    actor: metadata.actor,
    data: visibleData(data, visibility),
  }) satisfies EventAnswer & { data: object };
