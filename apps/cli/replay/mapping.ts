import type { TicketActionName } from '#ticketing/ticket/catalogue.js';
import type { TicketStateName } from '#ticketing/ticket/state.js';

/** A command as HTTP knows it: what can be sent. The service gives `dispatch` by itself. */
export type CommandName = 'create' | Exclude<TicketActionName, 'dispatch'>;

/**
 * Who sends a command.
 *
 * - `requester`: the customer who raised the ticket
 * - `engineer`: whom the log names on the line; else the handler; else whose turn it is
 * - `next engineer`: whom the log names on the line; else the next one, whose turn it is then
 * - `handler`: who has taken the ticket; the same as `engineer` where nobody has
 * - `lead`: the desk's lead
 */
export const senders = ['requester', 'engineer', 'next engineer', 'handler', 'lead'] as const;
export type Sender = (typeof senders)[number];

export type Json = string | number | boolean | null | readonly Json[] | JsonFields;
export type JsonFields = { readonly [name: string]: Json };

/** One command with its sender and its body, under a name by which activities refer to it. */
export interface CommandTemplate {
  readonly send: CommandName;
  readonly as: Sender;
  /** The body. Texts may hold placeholders (`placeholders.ts`). */
  readonly with?: JsonFields;
}

/**
 * A command that an activity leads to: its name, or its name and the code that it is refused with.
 * Several codes, of which it is one, stand beside each other as states do: `forbidden, ticket_closed`.
 */
export type StepTemplate = string | { readonly command: string; readonly refused: string };

/** A ticket's state as a rule knows it: `none` before there is a ticket. */
export type CourseState = TicketStateName | 'none';

/** What an activity leads to, by the state that the ticket is in. */
export interface ActivityRule {
  readonly activity: string;
  stepsIn(state: CourseState): readonly StepTemplate[] | undefined;
}

export interface EngineerTemplate {
  readonly id: string;
  readonly displayName: string;
  readonly email: string;
}

/** A mapping file, as it is written (`docs/replay.md`). */
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
  /** What any case's first activity leads to before anything else. */
  readonly first: readonly StepTemplate[];
  readonly activities: Readonly<Record<string, ActivityFile>>;
}

/** Steps by state, where a key may name several states; or the name of an activity that is alike. */
export type ActivityFile =
  { readonly like: string } | { readonly [states: string]: readonly StepTemplate[] };

/** The names in a text that may hold several: `closed, canceled`. */
export const namesIn = (text: string): string[] => text.split(',').map((name) => name.trim());

/** A mapping that has been read and checked. */
export interface Mapping extends Omit<MappingFile, 'activities'> {
  readonly activities: ReadonlyMap<string, ActivityRule>;
  /** Tells this mapping from others, however its JSON is laid out. */
  readonly digest: string;
}
