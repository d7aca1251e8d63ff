import type { Role } from '#ticketing/decision.js';
import type { TicketEvent } from '#ticketing/ticket/events.js';
import type { TicketStateName } from '#ticketing/ticket/state.js';
import type { Activity } from './desk-log.js';
import type { CommandName, JsonFields } from './mapping.js';

/** Somebody in whose name a command is sent. */
export interface Person {
  readonly id: string;
  readonly role: Role;
  readonly tenant?: string | undefined;
}

/** An event that is to be on the log afterwards. */
export interface ExpectedEvent {
  readonly type: TicketEvent['type'];
  /** Who is to be named as its actor. */
  readonly by: string;
  /** Whom it names as taking the ticket, where it names one. */
  readonly engineerId?: string;
}

/** What the service is to answer to a command. */
export type Expected =
  | {
      readonly kind: 'accepted';
      /** None: a harmless repeat. */
      readonly events: readonly ExpectedEvent[];
      readonly state: TicketStateName;
    }
  /** With one of these codes. */
  | { readonly kind: 'refused'; readonly codes: readonly string[] };

/** One command to send. */
export interface Step {
  /** The activity of the log that it is sent for. */
  readonly activity: Activity;
  readonly command: CommandName;
  readonly by: Person;
  readonly body: JsonFields;
  readonly expected: Expected;
}

/** What one case of the log implies: its commands in order, and how its ticket ends up. */
export interface CasePlan {
  readonly caseName: string;
  readonly steps: readonly Step[];
  readonly endsAs: TicketStateName;
  readonly history: readonly ExpectedEvent[];
}
