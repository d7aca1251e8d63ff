import { ticketStates, type TicketStateName } from '#ticketing/ticket/state.js';
import type { Append } from './ticket-source.js';

/** Counts the appended tickets, commands and events. */
export class Tally {
  readonly #states = new Map<TicketStateName, number>();
  readonly #types = new Map<string, number>();
  readonly #began = performance.now();
  tickets = 0;
  commands = 0;
  events = 0;

  count({ events, before, state }: Append): void {
    this.commands += 1;
    this.events += events.length;
    for (const { type } of events) this.#types.set(type, (this.#types.get(type) ?? 0) + 1);
    if (before.state === 'none') this.tickets += 1;
    else this.#add(before.state, -1);
    this.#add(state.state, 1);
  }

  get states(): readonly (readonly [TicketStateName, number])[] {
    return ticketStates.map((state) => [state, this.#states.get(state) ?? 0]);
  }

  get types(): readonly (readonly [string, number])[] {
    return [...this.#types].sort(([, one], [, other]) => other - one);
  }

  get seconds(): number {
    return (performance.now() - this.#began) / 1_000;
  }

  #add(state: TicketStateName, count: number): void {
    this.#states.set(state, (this.#states.get(state) ?? 0) + count);
  }
}
