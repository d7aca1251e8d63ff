import { ticketCatalogue, type TicketCommandName } from '#ticketing/ticket/catalogue.js';
import type { TicketEvent } from '#ticketing/ticket/events.js';
import type { TicketStateName } from '#ticketing/ticket/state.js';
import type { CourseState, JsonFields } from './mapping.js';
import type { ExpectedEvent, Person } from './plan.js';

/** The expected state of a ticket. */
export interface Course {
  readonly state: CourseState;
  readonly handler: string | null;
}

export const unborn: Course = { state: 'none', handler: null };

/** The effect of an accepted command in the catalogue. */
interface Effect {
  readonly events: readonly TicketEvent['type'][];
  readonly to?: TicketStateName;
  readonly takes?: boolean;
}

/** The expected ticket and events after an accepted command. */
export function afterCommand(
  course: Course,
  command: TicketCommandName,
  by: Person,
  body: JsonFields,
): { readonly course: Course; readonly events: readonly ExpectedEvent[] } {
  const effect: Effect = ticketCatalogue[command];
  const target = targetOf(effect, by, body);
  if (target !== null && target === course.handler) return { course, events: [] };
  const { events, to } = effect;
  const named = target === null ? {} : { engineerId: target };
  return {
    course: {
      state: to ?? course.state,
      // Without a handler, a command that keeps the state names the owner, not a handler.
      handler: to === undefined && course.handler === null ? null : (target ?? course.handler),
    },
    events: events.map((type) => ({ type, by: by.id, ...named })),
  };
}

/** The engineer to whom a command gives the ticket. */
const targetOf = ({ takes }: Effect, by: Person, { engineerId }: JsonFields): string | null =>
  typeof engineerId === 'string' ? engineerId : takes === true ? by.id : null;
