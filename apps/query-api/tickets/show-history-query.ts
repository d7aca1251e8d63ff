import { setImmediate } from 'node:timers/promises';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { decode } from '#event-store/codec/decode.js';
import { isTicketEvent, type DecodedEvent } from '#event-store/codec/decoded-event.js';
import {
  EventReader,
  NO_STREAM,
  type RecordedEvent,
  type StreamHead,
} from '#event-store/event-store.js';
import { requireHistory } from '#event-store/history.js';
import { Parts, Revision, Text, Uuid } from '#platform/openapi/answer-members.js';
import { DamagedHistories } from '#platform/process/damaged-histories.js';
import { Views } from '#projections/views.js';
import { ticketStream } from '#ticketing/streams.js';
import {
  relationTo,
  ticketEventVisibility,
  type EventVisibility,
} from '#ticketing/ticket/visibility.js';
import { eventAnswer, EventAnswer, EventData } from '../event-answer.js';
import { Freshness } from '../freshness.js';
import { MAX_PAGE_BYTES } from '../paging.js';
import { SubjectQuery } from '../queries.js';
import { QueryRequest } from '../query-requests.js';
import { requesterInHistory } from '../requester-in-history.js';

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

  @Revision({
    required: false,
    example: 120,
    description: 'Present if there are more events: `from` of the next request.',
  })
  readonly nextFrom?: number;
}

/** The events of a ticket that the actor may read. */
export class ShowHistory extends SubjectQuery<HistoryRequest, History> {}

const DEFAULT_LIMIT = 1_000;
/** Reading and writing so many of the largest events takes a few milliseconds. */
const SLICE_EVENTS = 16;

/** Reads a ticket's history from the log itself, so it is never behind. */
@QueryHandler(ShowHistory)
export class ShowHistoryHandler implements IQueryHandler<ShowHistory> {
  constructor(
    private readonly log: EventReader,
    private readonly readModels: Views,
    private readonly freshness: Freshness,
    private readonly damaged: DamagedHistories,
  ) {}

  async execute({ actor, id: ticketId, request }: ShowHistory): Promise<History> {
    const { minPosition, from = 0, limit = DEFAULT_LIMIT } = request;
    await this.freshness.logReached(minPosition);
    const stream = ticketStream(ticketId);
    const requester = await requesterInHistory(this.log, this.readModels, actor, ticketId);
    this.damaged.requireIntact(stream);
    const relation = relationTo(actor, requester);
    const visibilityOf = (event: DecodedEvent): EventVisibility =>
      isTicketEvent(event) ? ticketEventVisibility(actor, event.type, relation) : 'nothing';
    const events: HistoryEvent[] = [];
    let bytes = 0;
    for await (const stored of this.#eventsFrom(stream, from, limit + 1)) {
      const event = decode(stored);
      const visibility = visibilityOf(event);
      if (visibility === 'nothing' || visibility === 'without data') continue;
      const answer = { ...historyEvent(event, visibility), hash: stored.hash };
      bytes += Buffer.byteLength(JSON.stringify(answer));
      const isFull = events.length >= limit || (bytes > MAX_PAGE_BYTES && events.length > 0);
      if (isFull) return { ticketId, events, nextFrom: event.revision };
      events.push(answer);
    }
    return { ticketId, events };
  }

  /**
   * The events of a stream from a revision. Each is checked against the one before, the first too.
   * Other requests run between slices.
   *
   * @throws HistoryDamaged at the first that is not what was appended
   */
  async *#eventsFrom(stream: string, from: number, limit: number): AsyncGenerator<RecordedEvent> {
    const slice = Math.min(limit, SLICE_EVENTS);
    let last: StreamHead | null = from === 0 ? NO_STREAM : await this.#headBefore(stream, from);
    for (;;) {
      const next: number = last === null ? from : last.revision + 1;
      const events = await this.log.readStream(stream, { from: next, limit: slice });
      requireHistory(stream, last, events);
      yield* events;
      if (events.length < slice) return;
      await setImmediate();
      last = events.at(-1) ?? null;
    }
  }

  /** Null for a revision after the end of the stream. */
  async #headBefore(stream: string, revision: number): Promise<StreamHead | null> {
    const [event] = await this.log.readStream(stream, { from: revision - 1, limit: 1 });
    if (event === undefined) return null;
    requireHistory(stream, null, [event]);
    return event;
  }
}

const historyEvent = (event: DecodedEvent, visibility: EventVisibility) => ({
  ...eventAnswer(event, visibility),
  eventId: event.id,
  correlationId: event.metadata.correlationId,
  causationId: event.metadata.causationId,
  commandId: event.metadata.commandId,
});
