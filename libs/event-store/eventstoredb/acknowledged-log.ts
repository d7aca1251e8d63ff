import { setImmediate } from 'node:timers/promises';
import { START, type Position } from '../event-store.js';
import { AppendsRefused, LOG_STREAM, lossRefusal, type LogLoss } from '../log-loss.js';
import type { LogMark, Mark } from '../log-mark.js';
import type { EventIdIndex } from './event-id-index.js';
import type { LogReads } from './log-reads.js';

export interface AcknowledgedLogSources {
  /** The furthest event that this process, or the one before it on its folder, acknowledged. */
  readonly mark: LogMark;
  readonly reads: Pick<LogReads, 'at' | 'stream'>;
  /** Called when appends are refused, and with null when they are accepted again. */
  readonly onRefusal: (refusal: AppendsRefused | null) => void;
}

/**
 * Notices that the server's log has not what this process acknowledged: it was restored to an earlier
 * point, emptied, or exchanged. Each process that appends has a mark of its own in its folder.
 */
export class AcknowledgedLog {
  #refusal: AppendsRefused | null = null;
  /** What was lost before this process started. */
  #loss: LogLoss | null = null;
  #isAccepting = false;
  #furthest: Mark | null = null;
  #writing: Promise<void> | null = null;

  /** What the log must have; null if nothing was acknowledged, or its loss was accepted. */
  #expected: Mark | null;

  constructor(private readonly sources: AcknowledgedLogSources) {
    this.#expected = sources.mark.current;
  }

  get refusal(): AppendsRefused | null {
    return this.#refusal;
  }

  /** Looks for a loss when the process starts. The index is as the process before has left it. */
  async start(index: EventIdIndex, head: Position): Promise<void> {
    if (this.#expected === null || (await this.#isWhole(this.#expected))) return;
    this.#loss = await lossSince(this.#expected, head, index, this.sources.reads);
    await this.verify().catch((error: unknown) => {
      if (!(error instanceof AppendsRefused)) throw error;
    });
  }

  /**
   * Checks the log before appends on a new connection.
   *
   * @throws AppendsRefused if it lacks what was acknowledged
   */
  async verify(): Promise<void> {
    this.#refuse(this.#isAccepting ? null : await this.#problem());
    if (this.#refusal !== null) throw this.#refusal;
  }

  /** Runs an append that accepts the loss, which alone is not refused. */
  async accepting<Result>(append: () => Promise<Result>): Promise<Result> {
    if (this.#loss === null) return append();
    this.#isAccepting = true;
    try {
      return await append();
    } finally {
      this.#isAccepting = false;
    }
  }

  /**
   * Remembers an event that is acknowledged once this resolves, so that a killed process has
   * remembered it. One write serves all of the same turn.
   */
  async acknowledging(position: Position, hash: string): Promise<void> {
    if (this.#furthest === null || position > BigInt(this.#furthest.position)) {
      this.#furthest = { position: String(position), hash, at: new Date().toISOString() };
      this.#writing ??= setImmediate().then(() => {
        this.#write();
      });
    }
    await this.#writing;
  }

  close(): void {
    this.#write();
    this.sources.mark.close();
  }

  #write(): void {
    if (this.#writing === null || this.#furthest === null) return;
    this.#writing = null;
    this.sources.mark.set(this.#furthest);
    this.#expected = this.#furthest;
    this.#loss = null;
  }

  async #problem(): Promise<AppendsRefused | null> {
    if (this.#expected === null || (await this.#isWhole(this.#expected))) return null;
    if (this.#loss === null) return new LogWentBack();
    if (!(await this.#wasAccepted(this.#expected))) return lossRefusal(this.#loss);
    this.#expected = null;
    return null;
  }

  async #isWhole({ position, hash }: Mark): Promise<boolean> {
    return (await this.sources.reads.at(BigInt(position)))?.hash === hash;
  }

  /** Whether the loss of what a mark names was accepted, in this process or another one. */
  async #wasAccepted({ at }: Mark): Promise<boolean> {
    const newest = { direction: 'backwards', limit: 1 } as const;
    const [last] = await this.sources.reads.stream(LOG_STREAM, newest);
    return last !== undefined && Date.parse(last.at) > Date.parse(at);
  }

  #refuse(refusal: AppendsRefused | null): void {
    const before = this.#refusal;
    this.#refusal = refusal;
    if (before?.message !== refusal?.message) this.sources.onRefusal(refusal);
  }
}

/** What was lost is known only after a start, which compares the log with the index of event ids. */
class LogWentBack extends AppendsRefused {
  constructor() {
    super(
      'Acknowledged events are missing in the log: it was restored, emptied or exchanged under the running service. Commands are refused. Put the right log back, or start the service again to see what is lost.',
    );
  }
}

async function lossSince(
  mark: Mark,
  head: Position,
  index: EventIdIndex,
  reads: Pick<LogReads, 'at'>,
): Promise<LogLoss> {
  const left = index.lastUpTo(head);
  const last = left === null ? null : await reads.at(left.position);
  const isSameLog = head === START || (last !== null && last.id === left?.id);
  return {
    ...(isSameLog ? countedBy(index, head, mark) : { events: null }),
    since: isSameLog ? (last?.at ?? null) : null,
    until: mark.at,
    acknowledgedPosition: mark.position,
    endPosition: String(head),
  };
}

/** A process that was killed may have acknowledged more than it has indexed. */
function countedBy(
  index: EventIdIndex,
  head: Position,
  mark: Mark,
): Pick<LogLoss, 'events' | 'atLeastEvents'> {
  const known = index.countAfter(head);
  const isIndexed = (index.upTo()?.position ?? START) >= BigInt(mark.position);
  return isIndexed ? { events: known } : { events: null, atLeastEvents: known + 1 };
}
