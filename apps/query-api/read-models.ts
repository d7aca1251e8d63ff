import type { CollectionReader, ReadModelStore } from '#read-models/store.js';
import { durations, type Durations } from '#read-models/views/durations.js';
import { engineers, type EngineerView } from '#read-models/views/engineers.js';
import { flow, type Flow } from '#read-models/views/flow.js';
import { satisfaction, type Satisfaction } from '#read-models/views/satisfaction.js';
import { services, type ServiceView } from '#read-models/views/services.js';
import { ticketCounts, type TicketCounts } from '#read-models/views/ticket-counts.js';
import { ticketEntries, type TicketEntry } from '#read-models/views/ticket-entries.js';
import { ticketPeriods, type TicketPeriod } from '#read-models/views/ticket-periods.js';
import { tickets, type TicketView } from '#read-models/views/tickets.js';

/** The read models that queries are answered from. */
export class ReadModels {
  readonly tickets: CollectionReader<TicketView>;
  readonly ticketEntries: CollectionReader<TicketEntry>;
  readonly ticketPeriods: CollectionReader<TicketPeriod>;
  readonly services: CollectionReader<ServiceView>;
  readonly engineers: CollectionReader<EngineerView>;
  readonly ticketCounts: CollectionReader<TicketCounts>;
  readonly flow: CollectionReader<Flow>;
  readonly durations: CollectionReader<Durations>;
  readonly satisfaction: CollectionReader<Satisfaction>;

  constructor(store: ReadModelStore) {
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
