import type { TicketEvent } from '#ticketing/ticket/events.js';
import type { TicketStateName } from '#ticketing/ticket/state.js';
import type { CommandName, CourseState, JsonFields } from './mapping.js';
import type { ExpectedEvent, Person } from './plan.js';

/** The expected state of a ticket. */
export interface Course {
  readonly state: CourseState;
  readonly handler: string | null;
}

export const unborn: Course = { state: 'none', handler: null };

/** The expected effect of an accepted command: its events, and its state if that changes. */
interface Effect {
  readonly events: readonly TicketEvent['type'][];
  readonly to?: TicketStateName;
}

/**
 * The domain's table from the caller's side: the expected effects of commands. It is
 * independent of the service's own table, so that the two are compared. It does not check whether
 * a command is allowed: the service refuses those that are not.
 */
const effects: { readonly [Name in CommandName]: Effect } = {
  create: { events: ['TicketCreated', 'TicketDispatched'], to: 'pending' },
  handle: { events: ['TicketAssigned'], to: 'processing' },
  assign: { events: ['TicketAssigned'], to: 'processing' },
  forward: { events: ['TicketForwarded'] },
  'request-feedback': { events: ['FeedbackRequested'], to: 'pending_feedback' },
  'provide-feedback': { events: ['FeedbackProvided'], to: 'pending_reply' },
  messages: { events: ['CustomerMessageAdded'] },
  notes: { events: ['InternalNoteAdded'] },
  resume: { events: ['ProcessingResumed'], to: 'processing' },
  resolve: { events: ['ResolutionSubmitted'], to: 'pending_confirmation' },
  'withdraw-resolution': { events: ['ResolutionWithdrawn'], to: 'processing' },
  confirm: { events: ['ResolutionConfirmed', 'TicketClosed'], to: 'closed' },
  'reject-resolution': { events: ['ResolutionRejected'], to: 'pending_reply' },
  cancel: { events: ['TicketCanceled'], to: 'canceled' },
  close: { events: ['TicketClosed'], to: 'closed' },
  severity: { events: ['TicketSeveritySet'] },
  evaluate: { events: ['EvaluationSubmitted'] },
};

/** The expected ticket and events after an accepted command. */
export function afterCommand(
  course: Course,
  command: CommandName,
  by: Person,
  body: JsonFields,
): { readonly course: Course; readonly events: readonly ExpectedEvent[] } {
  const target = targetOf(command, by, body);
  if (target !== null && target === course.handler) return { course, events: [] };
  const { events, to } = effects[command];
  const named = target === null ? {} : { engineerId: target };
  return {
    course: {
      state: to ?? course.state,
      // Without a handler, a forward names who may take the ticket.
      handler: command === 'forward' && course.handler === null ? null : (target ?? course.handler),
    },
    events: events.map((type) => ({ type, by: by.id, ...named })),
  };
}

/** The engineer who becomes the handler by a command. */
function targetOf(command: CommandName, by: Person, { engineerId }: JsonFields): string | null {
  if (command === 'handle') return by.id;
  const gives = command === 'assign' || command === 'forward';
  return gives && typeof engineerId === 'string' ? engineerId : null;
}
