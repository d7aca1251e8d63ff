/** One line of a desk's log: what was done on a case, and when. */
export interface Activity {
  /** The line in the file, for messages. */
  readonly line: number;
  readonly activity: string;
  /** As it stands in the log. */
  readonly timestamp: string;
  /** The same in milliseconds. Without a zone it is taken as UTC: only distances matter. */
  readonly time: number;
  /** Who did it, where the log says so. */
  readonly resource: string | null;
}

/** All that was done on one case, oldest first. There is at least one activity. */
export interface Case {
  readonly name: string;
  /** Its place in the log, by its first line: who handles it follows from it where no one is named. */
  readonly ordinal: number;
  readonly activities: readonly Activity[];
}

export interface DeskLog {
  readonly cases: readonly Case[];
  readonly activityCount: number;
  /** Who is named anywhere in the log, in order of appearance. */
  readonly resources: readonly string[];
  /** Tells this file's content from any other. */
  readonly digest: string;
}
