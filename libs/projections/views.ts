import type { ViewReader, ViewStore } from '#view-stores/view-store.js';
import { durations, type Durations } from './durations.js';
import { engineers, type EngineerView } from './engineers.js';
import { flow, type Flow } from './flow.js';
import { satisfaction, type Satisfaction } from './satisfaction.js';
import { services, type ServiceView } from './services.js';
import { ticketCounts, type TicketCounts } from './ticket-counts.js';
import { ticketEntries, type TicketEntry } from './ticket-entries.js';
import { ticketPeriods, type TicketPeriod } from './ticket-periods.js';
import { tickets, type TicketView } from './tickets.js';

/** The read models that queries are answered from. */
export class Views {
  readonly tickets: ViewReader<TicketView>;
  readonly ticketEntries: ViewReader<TicketEntry>;
  readonly ticketPeriods: ViewReader<TicketPeriod>;
  readonly services: ViewReader<ServiceView>;
  readonly engineers: ViewReader<EngineerView>;
  readonly ticketCounts: ViewReader<TicketCounts>;
  readonly flow: ViewReader<Flow>;
  readonly durations: ViewReader<Durations>;
  readonly satisfaction: ViewReader<Satisfaction>;

  constructor(store: ViewStore) {
    this.tickets = store.reader(tickets);
    this.ticketEntries = store.reader(ticketEntries);
    this.ticketPeriods = store.reader(ticketPeriods);
    this.services = store.reader(services);
    this.engineers = store.reader(engineers);
    this.ticketCounts = store.reader(ticketCounts);
    this.flow = store.reader(flow);
    this.durations = store.reader(durations);
    this.satisfaction = store.reader(satisfaction);
  }
}
