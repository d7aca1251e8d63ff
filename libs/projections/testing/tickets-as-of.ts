import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import { tickets, type TicketView } from '../tickets.js';
import { project } from './story.js';

/** A ticket as it was at a time, and when it had last changed. */
export interface TicketThen {
  readonly ticketId: string;
  readonly view: TicketView;
  readonly since: number;
}

/** All tickets as they were at a time: each stream is folded up to its first later event. */
export function ticketsAsOf(events: readonly DecodedEvent[], time: number): TicketThen[] {
  const clocks = new Map<string, number>();
  const happened = events.filter(({ stream, at }) => {
    const clock = Math.max(clocks.get(stream) ?? -Infinity, Date.parse(at));
    clocks.set(stream, clock);
    return clock <= time;
  });
  const sinceOf = (ticketId: string): number =>
    Math.max(
      ...happened
        .filter(({ stream }) => stream === `ticket-${ticketId}`)
        .map(({ at }) => Date.parse(at)),
    );
  return [...project(tickets, happened)].map(([ticketId, view]) => ({
    ticketId,
    view,
    since: sinceOf(ticketId),
  }));
}
