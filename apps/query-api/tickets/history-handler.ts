import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { EventReader, type RecordedEvent } from '#event-store/event-store.js';
import { Problem } from '#platform/problems/problem.js';
import type { Actor } from '#ticketing/decision.js';
import { ticketStream } from '#ticketing/streams.js';
import type { Requester } from '#ticketing/ticket/state.js';
import { toldEvent } from '../told-event.js';
import { maySeeTicket, noSuchTicket, seesNotes } from '../visibility.js';
import { TellHistory } from './queries.js';

const DEFAULT_LIMIT = 1_000;

/** Tells a ticket's history from the log itself: it is never behind. */
@QueryHandler(TellHistory)
export class HistoryHandler implements IQueryHandler<TellHistory> {
  constructor(private readonly log: EventReader) {}

  async execute({ actor, ticketId, request }: TellHistory): Promise<object> {
    const { minPosition, from = 0, limit = DEFAULT_LIMIT } = request;
    if (minPosition !== undefined && (await this.log.headPosition()) < BigInt(minPosition)) {
      throw new Problem('unavailable', `The log has not reached position ${minPosition}.`);
    }
    const stream = ticketStream(ticketId);
    const [created] = await this.log.readStream(stream, { limit: 1 });
    const requester = created?.data['requester'] as Requester | undefined;
    if (requester === undefined || !maySeeTicket(actor, requester)) throw noSuchTicket();
    const told = await this.#told(stream, actor, from, limit);
    return { ticketId, events: told.map(tell) };
  }

  /** As many events as asked for, of those that the actor may see, wherever others lie between. */
  async #told(stream: string, actor: Actor, from: number, limit: number): Promise<RecordedEvent[]> {
    const told: RecordedEvent[] = [];
    let next = from;
    for (;;) {
      const events = await this.log.readStream(stream, { from: next, limit });
      told.push(...events.filter(({ type }) => seesNotes(actor) || type !== 'InternalNoteAdded'));
      if (events.length < limit || told.length >= limit) return told.slice(0, limit);
      next += events.length;
    }
  }
}

const tell = (event: RecordedEvent) => ({
  ...toldEvent(event),
  eventId: event.id,
  correlationId: event.metadata['correlationId'],
  causationId: event.metadata['causationId'],
  commandId: event.metadata['commandId'],
  hash: event.hash,
});
