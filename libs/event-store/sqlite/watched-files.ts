import { statSync, type Stats } from 'node:fs';
import { AppendsRefused } from '../log-loss.js';

/** The files of the log were removed or exchanged while it is open. */
export class LogFileReplaced extends AppendsRefused {
  constructor() {
    super(
      'The files of the log were removed or exchanged under the running service. It is not used any more. Put the right files in place and start the service again.',
    );
  }
}

const look = (path: string): Stats | undefined => statSync(path, { throwIfNoEntry: false });

/** Device and inode of a file. */
const idOf = (stats: Stats | undefined): string => `${stats?.dev}:${stats?.ino}`;

const stateOf = (stats: Stats | undefined): string => `${stats?.size}:${stats?.mtimeMs}`;

/**
 * Notices that the files of an open log were removed, exchanged or written by another program, so that
 * no append is acknowledged that is in a deleted file only.
 */
export class WatchedFiles {
  #writeAheadLogId = '';
  #state = '';

  /** @param logId the file that this process opened first @default the one at the path */
  constructor(
    private readonly file: string,
    readonly logId: string = idOf(look(file)),
  ) {}

  /** To be called when the log was opened. */
  opened(): void {
    this.#writeAheadLogId = idOf(look(`${this.file}-wal`));
    this.#state = stateOf(look(this.file));
  }

  /** @throws LogFileReplaced before the log is opened again, which would create a missing file. */
  requireSameLog(): void {
    if (idOf(look(this.file)) !== this.logId) throw new LogFileReplaced();
  }

  /**
   * @returns whether the log's file was written since the last call
   * @throws LogFileReplaced
   */
  verify(): boolean {
    const log = look(this.file);
    const isSame = idOf(log) === this.logId;
    if (!isSame || idOf(look(`${this.file}-wal`)) !== this.#writeAheadLogId)
      throw new LogFileReplaced();
    const before = this.#state;
    this.#state = stateOf(log);
    return before !== this.#state;
  }
}
