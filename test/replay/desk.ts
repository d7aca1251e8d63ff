/** A desk's cases with all that is odd in real logs, and by hand what each of them is to end as. */
export interface DeskCase {
  /** `Wait@dora`: the log names who did it. */
  readonly activities: readonly string[];
  readonly state: string;
  /** The history, a letter for each event (`letters`). */
  readonly history: string;
}

/** The types of events by the letters that stand for them here. */
export const letters: Readonly<Record<string, string>> = {
  TicketCreated: 'c',
  TicketDispatched: 'd',
  TicketSeveritySet: 's',
  TicketAssigned: 'a',
  TicketForwarded: 'f',
  InternalNoteAdded: 'n',
  FeedbackRequested: 'q',
  FeedbackProvided: 'r',
  ResolutionSubmitted: 'o',
  ResolutionWithdrawn: 'w',
  ResolutionConfirmed: 'k',
  TicketClosed: 'x',
};

const [insert, assign, take, wait] = [
  'Insert ticket',
  'Assign seriousness',
  'Take in charge ticket',
  'Wait',
];
const [upgrade, anomaly, visit] = ['Require upgrade', 'Create SW anomaly', 'Schedule intervention'];
const [resolve, resolved, fixed] = ['Resolve ticket', 'RESOLVED', 'Resolve SW anomaly'];
const [closed, verified, invalid, duplicate] = ['Closed', 'VERIFIED', 'INVALID', 'DUPLICATE'];

const desk = (state: string, history: string, ...activities: string[]): DeskCase => ({
  activities,
  state,
  history,
});

export const deskCases: readonly DeskCase[] = [
  // As it should be.
  desk('closed', 'cdsaokx', assign, take, resolve, closed),
  desk('closed', 'cdsaokx', insert, assign, take, resolve, closed),
  desk('closed', 'cdsaqrokx', assign, take, wait, resolve, closed),
  desk('closed', 'cdsaqrfokx', assign, take, wait, take, resolve, closed),
  desk('closed', 'cdsafnnnokx', assign, take, take, upgrade, anomaly, visit, fixed, verified),
  // What a first activity leaves out.
  desk('pending', 'cd', insert),
  desk('pending', 'cds', assign),
  desk('pending', 'cdss', assign, assign),
  desk('pending', 'cdn', anomaly),
  desk('processing', 'cda', take),
  desk('pending_feedback', 'cdaq', wait),
  desk('pending_confirmation', 'cdao', resolve),
  desk('closed', 'cdaokx', closed),
  desk('closed', 'cdx', invalid),
  // Waiting, and what a later activity implies.
  desk('pending_feedback', 'cdaqrqrq', insert, wait, wait, wait),
  desk('pending_reply', 'cdsaqrn', assign, take, wait, upgrade),
  desk('pending_reply', 'cdaqrs', wait, assign),
  desk('pending_feedback', 'cdsaqrfq', assign, take, wait, take, wait),
  desk('closed', 'cdaqrokx', wait, closed),
  desk('closed', 'cdaqrx', wait, duplicate),
  // After a resolution.
  desk('pending_confirmation', 'cdaowowo', resolve, resolved, fixed),
  desk('processing', 'cdsaowf', assign, take, resolve, take),
  desk('pending_feedback', 'cdaowq', resolve, wait),
  desk('pending_confirmation', 'cdaosn', resolve, assign, visit),
  desk('closed', 'cdaokx', resolve, verified),
  desk('closed', 'cdaox', resolve, invalid),
  // After the end: six commands in all, which are refused.
  desk('closed', 'cdaokx', resolve, closed, closed),
  desk('closed', 'cdaokx', resolve, closed, take, resolve),
  desk('closed', 'cdaowox', resolve, resolved, invalid, verified, closed),
  desk('closed', 'cdx', duplicate, wait),
  // Named engineers. The second "take" of the same one is a harmless repeat, in whatever run.
  desk('processing', 'cdaf', `${take}@dora`, `${take}@dora`, `${take}@emil`),
  desk(
    'pending_reply',
    'cdaqrff',
    `${take}@dora`,
    wait,
    `${take}@dora`,
    `${take}@emil`,
    `${take}@dora`,
  ),
];
