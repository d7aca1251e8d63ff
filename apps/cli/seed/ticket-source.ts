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

/** What one command puts on the log. */
export interface Append {
  readonly ticket: Written;
  readonly events: readonly EventToAppend[];
  /** What the ticket was before, and is afterwards. */
  readonly before: TicketState;
  readonly state: Ticket;
}

/** A ticket as whoever writes it needs to know it. */
export interface Written {
  readonly stream: string;
  /** Nothing more comes on it. */
  readonly done: boolean;
}

interface UnderWay {
  readonly stream: string;
  readonly customer: Customer;
  done: boolean;
  state: TicketState;
  place: Place;
  next: TicketCommandName;
}

/** How the tickets come: what of the model and the desk they are made of. */
export interface Sources {
  readonly desk: Desk;
  readonly course: Course;
  readonly commands: Commands;
  readonly system: SeededSystem;
  readonly random: Random;
}

/**
 * Lives tickets in order of time, many at once: each goes from command to command as the model has
 * it, until its end or that of the period. Every command is decided by the domain itself.
 */
export class TicketSource {
  readonly #underWay = new EarliestFirst<UnderWay>();
  #arrived = 0;

  constructor(
    /** When tickets come in, in order, in milliseconds since 1970. */
    private readonly arrivals: Float64Array,
    /** From here on nothing has happened yet. */
    private readonly end: number,
    private readonly sources: Sources,
  ) {}

  get ticketCount(): number {
    return this.#arrived;
  }

  /** What happens next, on whichever ticket; null where nothing more does. */
  async next(): Promise<Append | null> {
    const arrival = this.arrivals[this.#arrived] ?? Infinity;
    const due = this.#underWay.nextDue;
    if (arrival === Infinity && due === Infinity) return null;
    this.sources.system.time = Math.min(arrival, due);
    const ticket = arrival <= due ? this.#arrive() : this.#underWay.take();
    return ticket === undefined ? null : this.#give(ticket, await this.#commandOn(ticket));
  }

  #arrive(): UnderWay {
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

  #commandOn({ stream, state, next, customer }: UnderWay): Promise<TicketCommand> {
    const { commands, desk, system, random } = this.sources;
    const at = system.now();
    if (next === 'create' || state.state === 'none') {
      const ticketId = stream.slice('ticket-'.length);
      return commands.create(ticketId, desk.drawService(random), customer, at);
    }
    return commands.on(state, next, customer, at);
  }

  #give(ticket: UnderWay, command: TicketCommand): Append {
    const decision = ticketDecider.decide(command, ticket.state);
    if (!decision.accepted || decision.events.length === 0) {
      const why = decision.accepted ? 'it changes nothing' : decision.refusal.detail;
      throw new Error(`The model has "${command.type}" where it cannot be: ${why}`);
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

  #plan(ticket: UnderWay, state: Ticket): void {
    const { system } = this.sources;
    const { command, seconds } = this.#nextOn(ticket, state);
    // A log has whole seconds; which part of it is anybody's guess.
    const due = system.time + Math.floor((seconds + system.random()) * 1_000);
    ticket.done = command === 'end' || due >= this.end;
    if (command === 'end' || ticket.done) return;
    ticket.next = command;
    this.#underWay.add(due, ticket);
  }

  #nextOn({ place }: UnderWay, ticket: Ticket): Next {
    const { course, random } = this.sources;
    if (ticket.state === 'canceled') return theEnd;
    if (ticket.state === 'closed') {
      return ticket.evaluationDueAt === null ? theEnd : afterTheEnd(random);
    }
    return insteadOf(course.draw(place, random), ticket.state, random);
  }
}

const theEnd: Next = { command: 'end', seconds: 0 };
