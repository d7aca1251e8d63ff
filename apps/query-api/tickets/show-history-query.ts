import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { decode } from '#event-store/codec/decode.js';
import { isTicketEvent } from '#event-store/codec/decoded-event.js';
import { EventReader, type RecordedEvent } from '#event-store/event-store.js';
import { Parts, Text, Uuid } from '#platform/openapi/answer-members.js';
import { ticketStream } from '#ticketing/streams.js';
import type { Requester } from '#ticketing/ticket/state.js';
import { mayOnTicket, relationTo, ticketEventVisibility } from '#ticketing/ticket/visibility.js';
import { eventAnswer, EventAnswer, EventData } from '../event-answer.js';
import { Freshness } from '../freshness.js';
import { noSuchTicket } from '../no-such-ticket.js';
import { SubjectQuery } from '../queries.js';
import { QueryRequest } from '../query-requests.js';

export class HistoryRequest extends QueryRequest {
  /** The first revision of the answer. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  from?: number;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000)
  limit?: number;
}

export class HistoryEvent extends EventAnswer {
  @Uuid()
  readonly eventId!: string;

  @EventData()
  readonly data!: object;

  @Text({ description: 'The same for all that one request led to.' })
  readonly correlationId!: string;

  @Text({ description: 'The command or event that caused this event.' })
  readonly causationId!: string;

  @Text()
  readonly commandId!: string;

  @ApiProperty({
    type: 'string',
    pattern: '^[0-9a-f]{64}$',
    description: 'SHA-256 over the event as stored.',
  })
  readonly hash!: string;
}

export class History {
  @Uuid()
  readonly ticketId!: string;

  @Parts(() => HistoryEvent, { description: 'Oldest first.' })
  readonly events!: readonly HistoryEvent[];
}

/** The events of a ticket that the actor may read. */
export class ShowHistory extends SubjectQuery<HistoryRequest, History> {}

const DEFAULT_LIMIT = 1_000;

/** Reads a ticket's history from the log itself, so it is never behind. */
@QueryHandler(ShowHistory)
export class ShowHistoryHandler implements IQueryHandler<ShowHistory> {
  constructor(
    private readonly log: EventReader,
    private readonly freshness: Freshness,
  ) {}

  async execute({ actor, id: ticketId, request }: ShowHistory): Promise<History> {
    const { minPosition, from = 0, limit = DEFAULT_LIMIT } = request;
    await this.freshness.logReached(minPosition);
    const stream = ticketStream(ticketId);
    const requester = await this.#requesterOf(stream);
    if (requester === null || !mayOnTicket(actor, 'open', requester)) throw noSuchTicket();
    const relation = relationTo(actor, requester);
    const isVisible = ({ event }: Entry) =>
      isTicketEvent(event) && ticketEventVisibility(actor, event.type, relation) === 'everything';
    const entries = await this.#entries(stream, from, limit, isVisible);
    return { ticketId, events: entries.map(entryAnswer) };
  }

  async #requesterOf(stream: string): Promise<Requester | null> {
    const [first] = (await this.log.readStream(stream, { limit: 1 })).map(decode);
    return first?.type === 'TicketCreated' ? first.data.requester : null;
  }

  /** The requested number of visible events, with any number of others between them. */
  async #entries(
    stream: string,
    from: number,
    limit: number,
    isVisible: (entry: Entry) => boolean,
  ): Promise<readonly Entry[]> {
    const found: Entry[] = [];
    let next = from;
    for (;;) {
      const events = await this.log.readStream(stream, { from: next, limit });
      found.push(...events.map(entryOf).filter(isVisible));
      if (events.length < limit || found.length >= limit) return found.slice(0, limit);
      next += events.length;
    }
  }
}

/** An event in today's version, and the hash over its stored version. */
type Entry = ReturnType<typeof entryOf>;
const entryOf = (stored: RecordedEvent) => ({ event: decode(stored), hash: stored.hash });

const entryAnswer = ({ event, hash }: Entry) => ({
  ...eventAnswer(event),
  eventId: event.id,
  correlationId: event.metadata.correlationId,
  causationId: event.metadata.causationId,
  commandId: event.metadata.commandId,
  hash,
});
