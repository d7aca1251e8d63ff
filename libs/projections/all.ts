import type { Projection } from './projection.js';
import { durations } from './durations.js';
import { engineers } from './engineers.js';
import { flow } from './flow.js';
import { satisfaction } from './satisfaction.js';
import { services } from './services.js';
import { ticketCounts } from './ticket-counts.js';
import { ticketEntries } from './ticket-entries.js';
import { ticketPeriods } from './ticket-periods.js';
import { tickets } from './tickets.js';

/**
 * Every projection. Add a new one here. The consumers that run them do not read views, so the types
 * of the views are dropped.
 */
export const projections = [
  tickets,
  ticketEntries,
  ticketPeriods,
  services,
  engineers,
  ticketCounts,
  flow,
  durations,
  satisfaction,
] as readonly unknown[] as readonly Projection<object>[];
