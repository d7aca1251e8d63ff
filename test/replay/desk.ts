/** Cases with all oddities of real logs, and their final states and histories, written by hand. */
export interface DeskCase {
  /** In `Wait@dora` the log names the person. */
  readonly activities: readonly string[];
  readonly state: string;
  /** The history, a letter for each event (`letters`). */
  readonly history: string;
}

/** The types of events by their letters. */
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
  // Regular cases.
  desk('closed', 'cdsaokx', assign, take, resolve, closed),
  desk('closed', 'cdsaokx', insert, assign, take, resolve, closed),
  desk('closed', 'cdsaqrokx', assign, take, wait, resolve, closed),
  desk('closed', 'cdsaqrfokx', assign, take, wait, take, resolve, closed),
  desk('closed', 'cdsafnnnokx', assign, take, take, upgrade, anomaly, visit, fixed, verified),
  // Missing first activities.
  desk('pending', 'cd', insert),
  desk('pending', 'cds', assign),
  desk('pending', 'cdss', assign, assign),
  desk('pending', 'cdn', anomaly),
  desk('processing', 'cda', take),
  desk('pending_feedback', 'cdaq', wait),
  desk('pending_confirmation', 'cdao', resolve),
  desk('closed', 'cdaokx', closed),
  desk('closed', 'cdx', invalid),
  // Waiting, and the implications of a later activity.
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
  // After the end: six refused commands.
  desk('closed', 'cdaokx', resolve, closed, closed),
  desk('closed', 'cdaokx', resolve, closed, take, resolve),
  desk('closed', 'cdaowox', resolve, resolved, invalid, verified, closed),
  desk('closed', 'cdx', duplicate, wait),
  // Named engineers. The second "take" of the same one is a harmless repeat in every run.
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
