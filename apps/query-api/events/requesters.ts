import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { EventReader, type RecordedEvent } from '#event-store/event-store.js';
import type { Requester } from '#ticketing/ticket/state.js';

/** How many tickets' requesters are remembered: a ticket's first event says it, and it stays so. */
const REMEMBERED = 10_000;

/** Who raised the ticket that an event is of: the event itself does not say, only its tenant. */
@Injectable()
export class Requesters {
  readonly #known = new LRUCache<string, Requester>({ max: REMEMBERED });

  constructor(private readonly log: EventReader) {}

  async of({ stream, revision, data }: RecordedEvent): Promise<Requester> {
    const known = this.#known.get(stream);
    if (known !== undefined) return known;
    const first = revision === 0 ? { data } : (await this.log.readStream(stream, { limit: 1 }))[0];
    const requester = first?.data['requester'] as Requester | undefined;
    if (requester === undefined) throw new Error(`${stream} does not begin with a requester.`);
    this.#known.set(stream, requester);
    return requester;
  }
}
