/** One line of a desk's log: an activity on a case, with its time. */
export interface Activity {
  /** The line number in the file, for messages. */
  readonly line: number;
  readonly activity: string;
  /** The text in the log. */
  readonly timestamp: string;
  /** The same in milliseconds since the epoch. Without a zone it is UTC: only distances matter. */
  readonly time: number;
  /** The person, if the log names one. */
  readonly resource: string | null;
}

/** The activities of one case, oldest first; at least one. */
export interface Case {
  readonly name: string;
  /** Its index in the log, by first line; determines the engineer if the log names none. */
  readonly ordinal: number;
  readonly activities: readonly Activity[];
}

export interface DeskLog {
  readonly cases: readonly Case[];
  readonly activityCount: number;
  /** All people named in the log, in order of appearance. */
  readonly resources: readonly string[];
  /** A digest of the file's content. */
  readonly digest: string;
}
