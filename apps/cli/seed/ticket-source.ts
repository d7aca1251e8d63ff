import { contextOf } from '#commands/call.js';
import { ticketDecider } from '#ticketing/deciders.js';
import { commandEvents } from '#event-sourcing/command-events.js';
import { ticketCodec } from '#event-store/codec/stored-types.js';
import type { EventToAppend } from '#event-store/event-store.js';
import { ticketStream } from '#ticketing/streams.js';
import { noTicket, type Ticket, type TicketState } from '#ticketing/ticket/state.js';
import type { TicketCommand, TicketCommandName } from '#ticketing/ticket/catalogue.js';
import { afterTheEnd, insteadOf } from './assumed.js';
import type { Commands } from './commands.js';
import type { Customer, Desk } from './desk.js';
import { EarliestFirst } from './earliest-first.js';
import type { Course, Next, Place } from './model.js';
import type { Random } from './random.js';
import type { SeededSystem } from './seeded-system.js';

/** The events of one command. */
export interface Append {
  readonly ticket: Written;
  readonly events: readonly EventToAppend[];
  /** The states of the ticket before and after. */
  readonly before: TicketState;
  readonly state: Ticket;
}

/** The members of a ticket that its writer needs. */
export interface Written {
  readonly stream: string;
  /** Whether it has no further events. */
  readonly done: boolean;
}

interface OpenTicket {
  readonly stream: string;
  readonly customer: Customer;
  done: boolean;
  state: TicketState;
  place: Place;
  next: TicketCommandName;
}

/** The sources of random tickets. */
export interface Sources {
  readonly desk: Desk;
  readonly course: Course;
  readonly commands: Commands;
  readonly system: SeededSystem;
  readonly random: Random;
}

/**
 /**
 * Simulates many tickets concurrently, in order of time: each takes the commands of the model until
 * its end or the end of the period. The domain decides every command.
 */
export class TicketSource {
  readonly #open = new EarliestFirst<OpenTicket>();
  #arrived = 0;

  constructor(
    /** The times of creation, in order, in milliseconds since 1970. */
    private readonly arrivals: Float64Array,
    /** The end of the period, in milliseconds since 1970. */
    private readonly end: number,
    private readonly sources: Sources,
  ) {}

  get ticketCount(): number {
    return this.#arrived;
  }

  /** The next command on any ticket; null at the end. */
  async next(): Promise<Append | null> {
    const arrival = this.arrivals[this.#arrived] ?? Infinity;
    const due = this.#open.nextDue;
    if (arrival === Infinity && due === Infinity) return null;
    this.sources.system.time = Math.min(arrival, due);
    const ticket = arrival <= due ? this.#arrive() : this.#open.take();
    return ticket === undefined ? null : this.#give(ticket, await this.#commandOn(ticket));
  }

  #arrive(): OpenTicket {
    const { desk, system, random } = this.sources;
    this.#arrived++;
    return {
      stream: ticketStream(system.newId()),
      customer: desk.drawCustomer(random),
      done: false,
      state: noTicket,
      place: 'pending/create',
      next: 'create',
    };
  }

  #commandOn({ stream, state, next, customer }: OpenTicket): Promise<TicketCommand> {
    const { commands, desk, system, random } = this.sources;
    const at = system.now();
    if (next === 'create' || state.state === 'none') {
      const ticketId = stream.slice('ticket-'.length);
      return commands.create(ticketId, desk.drawService(random), customer, at);
    }
    return commands.on(state, next, customer, at);
  }

  #give(ticket: OpenTicket, command: TicketCommand): Append {
    const decision = ticketDecider.decide(command, ticket.state);
    if (!decision.accepted || decision.events.length === 0) {
      const why = decision.accepted ? 'it changes nothing' : decision.refusal.detail;
      throw new Error(`The model has "${command.type}" in a wrong place: ${why}`);
    }
    const { role } = decision;
    const context = { ...contextOf({ actor: command.by }, this.sources.system, {}), role };
    const { toAppend, state } = commandEvents(
      ticketDecider,
      ticketCodec,
      ticket.state,
      decision.events,
      context,
    );
    const before = ticket.state;
    ticket.state = state;
    ticket.place = this.sources.course.after(ticket.place, (state as Ticket).state, ticket.next);
    this.#plan(ticket, state as Ticket);
    return { ticket, events: toAppend, before, state: state as Ticket };
  }

  #plan(ticket: OpenTicket, state: Ticket): void {
    const { system } = this.sources;
    const { command, seconds } = this.#nextOn(ticket, state);
    // The desk's log has whole seconds: the fraction is random.
    const due = system.time + Math.floor((seconds + system.random()) * 1_000);
    ticket.done = command === 'end' || due >= this.end;
    if (command === 'end' || ticket.done) return;
    ticket.next = command;
    this.#open.add(due, ticket);
  }

  #nextOn({ place }: OpenTicket, ticket: Ticket): Next {
    const { course, random } = this.sources;
    if (ticket.state === 'canceled') return theEnd;
    if (ticket.state === 'closed') {
      return ticket.evaluationDueAt === null ? theEnd : afterTheEnd(random);
    }
    return insteadOf(course.draw(place, random), ticket.state, random);
  }
}

const theEnd: Next = { command: 'end', seconds: 0 };
