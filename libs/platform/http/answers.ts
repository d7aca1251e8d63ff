import type { Party } from './callers.js';

/** The most that an answer to a query has, in bytes: pages end below it. */
export const LARGEST_ANSWER = 1024 * 1024;

/** How long a stream may leave a text unread while others wait for its room, and how often to look. */
const PATIENCE_MS = 5_000;
const CHECK_INTERVAL_MS = 1_000;

/** The part of all answers' memory that one party may hold, and their streams another one. */
const SHARES: Readonly<Record<Party['kind'], number>> = {
  address: 1 / 8,
  customer: 1 / 8,
  tenant: 1 / 4,
  staff: 1 / 4,
};

/**
 * Bounds the memory of answers that are being made, or that their callers have not read yet. While
 * there is no room, queries wait, and callers take turns; a caller who reads nothing keeps only
 * themselves waiting. What waits is bounded by the requests and streams that callers may have at once.
 *
 * A stream of events waits for each of its texts. A client who does not read one is cut while others
 * wait for the room; it resumes after its last event.
 *
 * An answer that is being made counts as the largest one for its caller. It does not count for all
 * callers together: queries that wait for their read models would otherwise keep others waiting.
 */
export class Answers {
  readonly #held = new Map<string, number>();
  /** Answers that wait, by caller. The first entry is next; a caller who went on goes to the end. */
  readonly #waiting = new Map<string, Map<Answer, () => void>>();
  /** Streams with an unread text, by the time of it, the oldest first. */
  readonly #unread = new Map<Answer, number>();
  #bytes = 0;
  #check: NodeJS.Timeout | null = null;

  /** @param maxBytes - of all answers together */
  constructor(private readonly maxBytes: number) {}

  /** The number of answers that wait. */
  get waiting(): number {
    return [...this.#waiting.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** The size of all answers that are made and not read. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * An answer to a caller, which holds nothing yet.
   *
   * @param cut - closes its connection
   */
  for(parties: readonly Party[], cut: () => void): Answer {
    return new Answer(this, parties, cut);
  }

  /** Runs at once if there is room for the largest answer, otherwise when there is. */
  whenRoom(answer: Answer, run: () => void): void {
    const { caller } = answer;
    const own = this.#waiting.get(caller);
    if (own !== undefined) own.set(answer, run);
    else if (this.#hasRoom(answer)) begin(answer, run);
    else this.#waiting.set(caller, new Map([[answer, run]]));
    if (this.#waiting.size > 0) this.#check ??= this.#checkLater();
  }

  /** Nobody waits for the answer any more: requests that are given up could be any number. */
  forget(answer: Answer): void {
    const { caller } = answer;
    const own = this.#waiting.get(caller);
    if (own?.delete(answer) === true && own.size === 0) this.#waiting.delete(caller);
  }

  /** Counts more or, if negative, fewer bytes: of the callers, and of all answers that are made. */
  add(parties: readonly Party[], bytes: number, made: number): void {
    this.#bytes += made;
    for (const { key } of parties) {
      const held = (this.#held.get(key) ?? 0) + bytes;
      if (held === 0) this.#held.delete(key);
      else this.#held.set(key, held);
    }
    if (this.#waiting.size > 0 && (bytes < 0 || made < 0)) this.#admit();
  }

  /** Begins or ends the time for which a stream has an unread text. */
  setUnread(answer: Answer, isUnread: boolean): void {
    if (!isUnread) this.#unread.delete(answer);
    else if (!this.#unread.has(answer)) this.#unread.set(answer, performance.now());
  }

  #checkLater(): NodeJS.Timeout {
    return setTimeout(this.#cutUnread, CHECK_INTERVAL_MS).unref();
  }

  readonly #cutUnread = (): void => {
    this.#check = this.#waiting.size === 0 ? null : this.#checkLater();
    if (this.#check === null) return;
    for (const [answer, since] of this.#unread) {
      if (performance.now() - since < PATIENCE_MS) return;
      if (!this.#hasRoom(answer)) answer.cut();
    }
  };

  /** A caller who goes on is visited again after the others: the map is read while it changes. */
  #admit(): void {
    for (const [caller, own] of this.#waiting) {
      if (!this.#hasRoomAtAll()) return;
      const [next] = own;
      if (next === undefined || !this.#hasRoom(next[0])) continue;
      own.delete(next[0]);
      this.#waiting.delete(caller);
      if (own.size > 0) this.#waiting.set(caller, own);
      begin(...next);
    }
  }

  #hasRoom({ parties }: Answer): boolean {
    return this.#hasRoomAtAll() && parties.every((party) => this.#hasRoomFor(party));
  }

  #hasRoomAtAll(): boolean {
    return this.#bytes + LARGEST_ANSWER <= this.maxBytes;
  }

  #hasRoomFor({ kind, key }: Party): boolean {
    return (this.#held.get(key) ?? 0) + LARGEST_ANSWER <= this.maxBytes * SHARES[kind];
  }
}

function begin(answer: Answer, run: () => void): void {
  answer.begin();
  run();
}

/** What one answer holds, from its turn until it is read or its connection closed. */
export class Answer {
  /** What counts for its caller, and what of it is made. */
  #bytes = 0;
  #made = 0;
  #isOver = false;
  #isStream = false;
  #parties: readonly Party[];

  constructor(
    private readonly answers: Answers,
    parties: readonly Party[],
    readonly cut: () => void,
  ) {
    this.#parties = parties;
  }

  get parties(): readonly Party[] {
    return this.#parties;
  }

  get caller(): string {
    return this.#parties[0]?.key ?? '';
  }

  /** From now on it holds texts of a stream, for which its caller's queries do not wait. */
  becomeStream(): void {
    this.hold(0);
    this.#isStream = true;
    this.#parties = this.#parties.map((party) => ({ ...party, key: `streams of ${party.key}` }));
  }

  /** Makes the answer once there is room; never, if nobody waits for it any more. */
  whenRoom(run: () => void): void {
    if (!this.#isOver) this.answers.whenRoom(this, run);
  }

  begin(): void {
    this.#set(LARGEST_ANSWER, 0);
  }

  /** Sets the size of what is made and not read. */
  hold(bytes: number): void {
    if (!this.#isOver) this.#set(bytes, bytes);
  }

  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.answers.forget(this);
    this.#set(0, 0);
  }

  #set(bytes: number, made: number): void {
    const [more, moreMade] = [bytes - this.#bytes, made - this.#made];
    this.#bytes = bytes;
    this.#made = made;
    if (this.#isStream) this.answers.setUnread(this, made > 0);
    if (more !== 0 || moreMade !== 0) this.answers.add(this.#parties, more, moreMade);
  }
}
