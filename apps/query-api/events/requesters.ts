import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { decode } from '#event-store/codec/decode.js';
import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import { EventReader } from '#event-store/event-store.js';
import type { Requester } from '#ticketing/ticket/state.js';

/** The number of tickets whose requesters are cached. A ticket's requester never changes. */
const CACHED_REQUESTERS = 10_000;

/** Looks up the requester of an event's ticket, whom only the ticket's first event names. */
@Injectable()
export class Requesters {
  readonly #known = new LRUCache<string, Requester>({ max: CACHED_REQUESTERS });

  constructor(private readonly log: EventReader) {}

  /** @throws Error if the stream does not begin with the creation of a ticket, or that is damaged */
  async of(event: DecodedEvent): Promise<Requester> {
    const { stream } = event;
    const known = this.#known.get(stream);
    if (known !== undefined) return known;
    const first = event.revision === 0 ? event : await this.#firstOf(stream);
    if (first?.type !== 'TicketCreated')
      throw new Error(`${stream} does not begin with TicketCreated.`);
    const { requester } = first.data;
    this.#known.set(stream, requester);
    return requester;
  }

  async #firstOf(stream: string): Promise<DecodedEvent | undefined> {
    return (await this.log.readStream(stream, { limit: 1 })).map(decode)[0];
  }
}
