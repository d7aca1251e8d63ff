import type { TicketCommandName } from '#ticketing/ticket/catalogue.js';
import type { TicketStateName } from '#ticketing/ticket/state.js';

/**
 * The sender of a command.
 *
 * - `requester`: the customer of the ticket
 * - `engineer`: the one in the line, otherwise the handler, otherwise the current one of the rotation
 * - `next engineer`: the one in the line, otherwise the next one of the rotation
 * - `handler`: the ticket's handler; without one, the same as `engineer`
 * - `lead`: the desk's lead
 */
export const senders = ['requester', 'engineer', 'next engineer', 'handler', 'lead'] as const;
export type Sender = (typeof senders)[number];

export type Json = string | number | boolean | null | readonly Json[] | JsonFields;
export type JsonFields = { readonly [name: string]: Json };

/** A command with its sender and body. Activities refer to it by name. */
export interface CommandTemplate {
  readonly send: TicketCommandName;
  readonly as: Sender;
  /** The body. Its texts may contain placeholders (`placeholders.ts`). */
  readonly with?: JsonFields;
}

/**
 * A command of an activity: its name, or its name and the expected refusal code.
 * Alternatives are separated by commas, as for states: `forbidden, ticket_closed`.
 */
export type StepTemplate = string | { readonly command: string; readonly refused: string };

/** A ticket's state in a rule; `none` before the ticket exists. */
export type CourseState = TicketStateName | 'none';

/** The commands of an activity, by the ticket's state. */
export interface ActivityRule {
  readonly activity: string;
  stepsIn(state: CourseState): readonly StepTemplate[] | undefined;
}

export interface EngineerTemplate {
  readonly id: string;
  readonly displayName: string;
  readonly email: string;
}

/** A mapping file (`docs/replay.md`). */
export interface MappingFile {
  readonly columns: {
    readonly case: string;
    readonly activity: string;
    readonly timestamp: string;
    readonly resource?: string;
  };
  readonly delimiter?: string;
  readonly service: { readonly id: string; readonly name: string };
  readonly lead: string;
  readonly engineers: readonly EngineerTemplate[];
  readonly customers: readonly { readonly id: string; readonly tenant: string }[];
  readonly commands: Readonly<Record<string, CommandTemplate>>;
  /** The commands before a case's first activity. */
  readonly first: readonly StepTemplate[];
  readonly activities: Readonly<Record<string, ActivityFile>>;
}

/** Steps by state (a key may name several), or the name of an activity with the same rules. */
export type ActivityFile =
  { readonly like: string } | { readonly [states: string]: readonly StepTemplate[] };

/** The names in a comma-separated text: `closed, canceled`. */
export const namesIn = (text: string): string[] => text.split(',').map((name) => name.trim());

/** A mapping that has been read and checked. */
export interface Mapping extends Omit<MappingFile, 'activities'> {
  readonly activities: ReadonlyMap<string, ActivityRule>;
  /** A digest of the mapping, independent of its JSON's formatting. */
  readonly digest: string;
}
