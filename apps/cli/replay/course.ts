import type { TicketEvent } from '#ticketing/ticket/events.js';
import type { TicketStateName } from '#ticketing/ticket/state.js';
import type { CommandName, CourseState, JsonFields } from './mapping.js';
import type { ExpectedEvent, Person } from './plan.js';

/** Where a ticket stands in the course that the log implies for it. */
export interface Course {
  readonly state: CourseState;
  readonly handler: string | null;
}

export const unborn: Course = { state: 'none', handler: null };

/** What an accepted command leads to: the events, and the state where it changes. */
interface Effect {
  readonly events: readonly TicketEvent['type'][];
  readonly to?: TicketStateName;
}

/**
 * The table of the domain, once more and from the caller's side: what a desk's commands are to lead
 * to. It is not the service's own, so that the two are held against each other. Whether a command is
 * allowed at all is not asked: a mapping that sends another one hears of it from the service.
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

/** A ticket after a command that is accepted, and the events that are to be on the log for it. */
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
      // Without a handler a forward names who may take it; only then somebody has to.
      handler: command === 'forward' && course.handler === null ? null : (target ?? course.handler),
    },
    events: events.map((type) => ({ type, by: by.id, ...named })),
  };
}

/** The engineer whom a command makes the handler. */
function targetOf(command: CommandName, by: Person, { engineerId }: JsonFields): string | null {
  if (command === 'handle') return by.id;
  const gives = command === 'assign' || command === 'forward';
  return gives && typeof engineerId === 'string' ? engineerId : null;
}
