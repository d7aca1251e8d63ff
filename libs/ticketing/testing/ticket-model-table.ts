/**
 * The table of commands in `domain.md`, as an independent oracle for the domain and the API. It is
 * written from that page alone and shares no code with the domain, so that agreement proves
 * something. The last column has the members of requests; `?` marks optional ones.
 */
const TABLE = `
  dispatch            | system                    | P → =                 | TicketDispatched                  |
  handle              | owner, lead, handler      | P → PR                | TicketAssigned                    | reason?
  assign              | lead                      | P → PR                | TicketAssigned                    | engineerId
  forward             | handler, lead, owner in P | P, PR, PF, RP → =     | TicketForwarded                   | engineerId, reason?
  request-feedback    | handler                   | PR, RP → PF           | FeedbackRequested                 | message
  provide-feedback    | requester                 | PF → RP               | FeedbackProvided                  | message
  messages            | requester                 | P, PR, RP → =         | CustomerMessageAdded              | message
  notes               | staff                     | P, PR, PF, RP, PC → = | InternalNoteAdded                 | text
  resume              | handler                   | RP → PR               | ProcessingResumed                 | reason?
  resolve             | handler                   | PR, RP → PC           | ResolutionSubmitted               | summary
  withdraw-resolution | handler                   | PC → PR               | ResolutionWithdrawn               | reason
  confirm             | requester                 | PC → C                | ResolutionConfirmed, TicketClosed | rating?, comment?
  reject-resolution   | requester                 | PC → RP               | ResolutionRejected                | reason
  cancel              | requester                 | P → X                 | TicketCanceled                    | reason?
  close               | lead                      | P, PR, PF, RP, PC → C | TicketClosed                      | reason?
  close               | handler                   | PC → C                | TicketClosed                      | reason?
  severity            | handler, lead             | P, PR, PF, RP, PC → = | TicketSeveritySet                 | severity
  evaluate            | requester                 | C → =                 | EvaluationSubmitted               | rating, comment?
`;

const STATES: Readonly<Record<string, string>> = {
  P: 'pending',
  PR: 'processing',
  PF: 'pending_feedback',
  RP: 'pending_reply',
  PC: 'pending_confirmation',
  X: 'canceled',
  C: 'closed',
};

export interface Row {
  readonly command: string;
  readonly who: readonly string[];
  readonly from: readonly string[];
  /** Null if the state stays. */
  readonly to: string | null;
  readonly events: readonly string[];
  readonly members: readonly Member[];
}

/** A member of a command's request. */
export interface Member {
  readonly name: string;
  readonly isOptional: boolean;
}

const list = (text: string): string[] => text.split(',').map((item) => item.trim());

function rowOf(line: string): Row {
  const [command = '', who = '', moves = '', events = '', members = ''] = line
    .split('|')
    .map((cell) => cell.trim());
  const [from = '', to = ''] = moves.split(' → ');
  return {
    command,
    who: list(who),
    from: list(from).map((letters) => STATES[letters] ?? `no state: ${letters}`),
    to: STATES[to] ?? null,
    events: list(events),
    members: members === '' ? [] : list(members).map(memberOf),
  };
}

const memberOf = (text: string): Member => ({
  name: text.replace('?', ''),
  isOptional: text.endsWith('?'),
});

export const rows: readonly Row[] = TABLE.trim().split('\n').map(rowOf);
export const modelCommands: readonly string[] = [...new Set(rows.map(({ command }) => command))];

/** The commands except those of the service itself. */
export const callerCommands: readonly string[] = modelCommands.filter((name) =>
  rows.some(({ command, who }) => command === name && !who.includes('system')),
);

/** The members of a command's request. */
export const membersOf = (name: string): readonly Member[] =>
  rows.find(({ command }) => command === name)?.members ?? [];
