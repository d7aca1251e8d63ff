import { randomUUID } from 'node:crypto';
import { engineerCodec, serviceCodec, ticketCodec } from '#event-store/codec/stored-types.js';
import type { Codec } from '#event-store/codec/codec.js';
import {
  NO_STREAM,
  START,
  type JsonObject,
  type Position,
  type StreamHead,
} from '#event-store/event-store.js';
import { MemoryEventStore } from '#event-store/memory/memory-event-store.js';
import type { EngineerEvent } from '#ticketing/engineer/events.js';
import type { ServiceEvent } from '#ticketing/service/events.js';
import { engineerStream, serviceStream, ticketStream } from '#ticketing/streams.js';
import type { TicketEvent } from '#ticketing/ticket/events.js';
import { evolve } from '#ticketing/ticket/evolve.js';
import { facetsOf, noTicket, type TicketState } from '#ticketing/ticket/state.js';
import { decode } from '#event-store/codec/decode.js';
import type { EventActor, DecodedEvent } from '#event-store/codec/decoded-event.js';
import { followsStream, type Projection } from '../projection.js';

/** A log of events, one a minute, as the command side writes them. */
export class Story {
  readonly log = new MemoryEventStore();
  readonly #heads = new Map<string, StreamHead>();
  readonly #tickets = new Map<string, TicketState>();

  /** The time of the next event in minutes; a test may set the clock forward or back. */
  minute = 0;

  /** The actor of the next events. */
  actor: EventActor = { id: 'alice', tenant: 'acme', role: 'customer' };

  async ticket(ticketId: string, ...events: readonly TicketEvent[]): Promise<void> {
    for (const event of events) {
      const before = this.ticketNow(ticketId);
      const after = evolve(before, event);
      this.#tickets.set(ticketId, after);
      const [facetsBefore, facetsAfter] = [facetsOf(before), facetsOf(after)];
      await this.#append(ticketStream(ticketId), ticketCodec, event, {
        ...(facetsBefore === null ? {} : { before: facetsBefore as unknown as JsonObject }),
        ...(facetsAfter === null ? {} : { after: facetsAfter as unknown as JsonObject }),
      });
    }
  }

  ticketNow(ticketId: string): TicketState {
    return this.#tickets.get(ticketId) ?? noTicket;
  }

  async service(serviceId: string, ...events: readonly ServiceEvent[]): Promise<void> {
    for (const event of events) await this.#append(serviceStream(serviceId), serviceCodec, event);
  }

  async engineer(engineerId: string, ...events: readonly EngineerEvent[]): Promise<void> {
    for (const event of events) {
      await this.#append(engineerStream(engineerId), engineerCodec, event);
    }
  }

  /** All events, as projections receive them. */
  async events(): Promise<DecodedEvent[]> {
    const events = await this.log.readAll({ after: START, limit: 1_000_000 });
    return events.map(decode);
  }

  /** The time of an event by its minute; the first event is in minute 0. */
  static at(minute: number): string {
    return new Date(Date.UTC(2026, 10, 24, 12) + minute * 60_000).toISOString();
  }

  async #append<Event>(
    stream: string,
    codec: Codec<Event>,
    event: Event,
    facets: JsonObject = {},
  ): Promise<Position> {
    const { head, position } = await this.log.append(stream, this.#heads.get(stream) ?? NO_STREAM, [
      {
        ...codec.encode(event),
        id: randomUUID(),
        at: Story.at(this.minute++),
        metadata: {
          actor: { ...this.actor },
          commandId: 'command',
          correlationId: 'correlation',
          causationId: 'cause',
          ...facets,
        },
      },
    ]);
    this.#heads.set(stream, head);
    return position;
  }
}

/** Projects events without a store: the documents by their ids. */
export function project<View>(
  projection: Projection<View>,
  events: readonly DecodedEvent[],
  before: ReadonlyMap<string, View> = new Map<string, View>(),
): Map<string, View> {
  const views = new Map(before);
  for (const event of events.filter(({ stream }) => followsStream(projection, stream))) {
    const ids = [...projection.touches(event), ...(projection.makes?.(event) ?? [])];
    const touched = (id: string) => views.get(id) ?? null;
    const after = ids.map(
      (id) => [id, projection.project(touched(id), event, id, touched)] as const,
    );
    for (const [id, view] of after) {
      if (view === null) views.delete(id);
      else views.set(id, view);
    }
  }
  return views;
}

/** Every value of a field, and of a list, of one view. */
export const fieldsOf = <View>(projection: Projection<View>, view: View) =>
  Object.fromEntries(Object.entries(projection.fields).map(([name, of]) => [name, of(view)]));
export const listsOf = <View>(projection: Projection<View>, view: View) =>
  Object.fromEntries(Object.entries(projection.lists).map(([name, of]) => [name, of(view)]));
