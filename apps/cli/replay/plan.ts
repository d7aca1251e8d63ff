import type { Role } from '#ticketing/decision.js';
import type { TicketEvent } from '#ticketing/ticket/events.js';
import type { TicketStateName } from '#ticketing/ticket/state.js';
import type { Activity } from './desk-log.js';
import type { TicketCommandName } from '#ticketing/ticket/catalogue.js';
import type { JsonFields } from './mapping.js';

/** The sender of a command. */
export interface Person {
  readonly id: string;
  readonly role: Role;
  readonly tenant?: string | undefined;
}

/** An expected event. */
export interface ExpectedEvent {
  readonly type: TicketEvent['type'];
  /** Its expected actor. */
  readonly by: string;
  /** The engineer that it names, if any. */
  readonly engineerId?: string;
}

/** The expected answer to a command. */
export type Expected =
  | {
      readonly kind: 'accepted';
      /** Empty for a harmless repeat. */
      readonly events: readonly ExpectedEvent[];
      readonly state: TicketStateName;
    }
  /** One of these codes. */
  | { readonly kind: 'refused'; readonly codes: readonly string[] };

/** A planned command. */
export interface Step {
  /** The activity that it is sent for. */
  readonly activity: Activity;
  readonly command: TicketCommandName;
  readonly by: Person;
  readonly body: JsonFields;
  readonly expected: Expected;
}

/** The plan of one case: its commands in order, and the final state of its ticket. */
export interface CasePlan {
  readonly caseName: string;
  readonly steps: readonly Step[];
  readonly endsAs: TicketStateName;
  readonly history: readonly ExpectedEvent[];
}
