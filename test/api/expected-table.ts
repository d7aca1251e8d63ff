import type { State } from '#test/support/answers.js';
import { names, type Name } from '#test/support/people.js';

/**
 * The domain's table of commands as an independent oracle: who may send which command in which
 * states. It holds for alice's tickets in the fixtures, dispatched to bob and carol, with bob as
 * their handler if they have one.
 */

const open: readonly State[] = [
  'pending',
  'processing',
  'pending_feedback',
  'pending_reply',
  'pending_confirmation',
];

interface Row {
  readonly body?: object;
  readonly from: readonly State[];
  /** The people who may send the command in this state. */
  readonly who: (state: State) => readonly Name[];
  /** The states in which the command is a harmless repeat for this person. */
  readonly repeats?: (by: Name) => readonly State[];
  /** The refusals for other reasons than the state. */
  readonly hindered?: (by: Name) => boolean;
}

const handled = (state: State): boolean => state !== 'pending' && state !== 'canceled';
const requester = (): readonly Name[] => ['alice'];
const handler = (state: State): readonly Name[] => (handled(state) ? ['bob'] : []);
const handlerOrLead = (state: State): readonly Name[] => [...handler(state), 'lena'];
const staff = (): readonly Name[] => ['bob', 'carol', 'dave', 'lena'];

export const table: Readonly<Record<string, Row>> = {
  handle: {
    from: ['pending'],
    who: () => ['bob', 'carol', 'lena'],
    repeats: (by) =>
      by === 'bob'
        ? ['processing', 'pending_feedback', 'pending_reply', 'pending_confirmation']
        : [],
  },
  assign: { body: { engineerId: 'dave' }, from: ['pending'], who: () => ['lena'] },
  forward: {
    body: { engineerId: 'dave' },
    from: ['pending', 'processing', 'pending_feedback', 'pending_reply'],
    who: (state) => (state === 'pending' ? ['bob', 'carol', 'lena'] : handlerOrLead(state)),
  },
  'request-feedback': {
    body: { message: 'When?' },
    from: ['processing', 'pending_reply'],
    who: handler,
  },
  'provide-feedback': {
    body: { message: 'Now.' },
    from: ['pending_feedback'],
    who: requester,
  },
  messages: {
    body: { message: 'Still so.' },
    from: ['pending', 'processing', 'pending_reply'],
    who: requester,
  },
  notes: { body: { text: 'Seen.' }, from: open, who: staff },
  resume: { from: ['pending_reply'], who: handler },
  resolve: { body: { summary: 'Done.' }, from: ['processing', 'pending_reply'], who: handler },
  'withdraw-resolution': {
    body: { reason: 'No.' },
    from: ['pending_confirmation'],
    who: handler,
  },
  confirm: { from: ['pending_confirmation'], who: requester },
  'reject-resolution': { body: { reason: 'No.' }, from: ['pending_confirmation'], who: requester },
  cancel: { from: ['pending'], who: requester },
  close: {
    body: { reason: 'A duplicate.' },
    from: open,
    who: handlerOrLead,
    // The confirmation is not overdue in any of the fixtures.
    hindered: (by) => by !== 'lena',
  },
  severity: { body: { severity: 'high' }, from: open, who: handlerOrLead },
  evaluate: { body: { rating: 4 }, from: ['closed'], who: requester },
};

export const commands = Object.keys(table);

export const rowOf = (command: string): Row => {
  const row = table[command];
  if (row === undefined) throw new Error(`The table has no command ${command}.`);
  return row;
};

/** The people who do not see alice's tickets. */
const STRANGERS: readonly Name[] = ['mallory', 'otherAlice'];

export type Expected =
  | 'accepted'
  | 'repeated'
  | 'not_found'
  | 'forbidden'
  | 'ticket_closed'
  | 'already_handled'
  | 'illegal_transition';

/** The expected answer to a command: visibility first, then rights, then the state. */
export function expected(command: string, by: Name, state: State): Expected {
  const row = rowOf(command);
  if (STRANGERS.includes(by)) return 'not_found';
  if (!row.who(state).includes(by)) return 'forbidden';
  if (row.repeats?.(by).includes(state) === true) return 'repeated';
  if (row.from.includes(state)) {
    return row.hindered?.(by) === true ? 'illegal_transition' : 'accepted';
  }
  if (state === 'closed' || state === 'canceled') return 'ticket_closed';
  const taken = command === 'handle' || command === 'assign';
  return taken ? 'already_handled' : 'illegal_transition';
}

/** The commands that a person may send now, as listed in refusals and pages. */
export const allowed = (by: Name, state: State): string[] =>
  commands.filter((command) => expected(command, by, state) === 'accepted');

/** All refusals in a state, for all people. */
export const refusals = (state: State): [by: Name, command: string, code: Expected][] =>
  names.flatMap((by) =>
    commands.flatMap((command): [Name, string, Expected][] => {
      const code = expected(command, by, state);
      return code === 'accepted' || code === 'repeated' ? [] : [[by, command, code]];
    }),
  );
