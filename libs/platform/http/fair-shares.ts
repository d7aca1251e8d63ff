import { LRUCache } from 'lru-cache';
import type { Party } from './callers.js';

const MINUTE_MS = 60_000;

/** The number of parties whose last minute is remembered. */
const REMEMBERED = 20_000;

/** The part of all bodies' memory that one party may hold. */
const SHARE_OF_BODIES = 1 / 4;

/** What a party has used of a minute that began with its first request. */
interface Minute {
  readonly endsAt: number;
  requests: number;
  bytes: number;
}

/** Words that flow out of a bucket at the pace of the allowance. */
interface Words {
  count: number;
  at: number;
}

/** What a party has under way. */
interface UnderWay {
  requests: number;
  bodyBytes: number;
  streams: number;
}

/** A limit that a request would exceed. */
export interface Excess {
  readonly party: Party;
  readonly of: 'requests' | 'bytes' | 'requests at once' | 'bodies' | 'streams' | 'words';
  readonly most: number;
  /** Seconds until a retry may succeed. */
  readonly retryAfter: number;
}

/** The bodies of all callers together need more memory than there is. */
export const NO_ROOM = 'no room';

/**
 * Counts what each party takes, and refuses what is beyond its allowance. Minutes are fixed windows.
 * Memory is bounded: minutes by their number, and the rest by the number of connections.
 */
export class FairShares {
  readonly #minutes = new LRUCache<string, Minute>({ max: REMEMBERED });
  readonly #words = new LRUCache<string, Words>({ max: REMEMBERED });
  readonly #underWay = new Map<string, UnderWay>();
  #bodyBytes = 0;

  /** @param now - milliseconds; they never go back */
  constructor(
    private readonly maxBodyBytes: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** The number of parties with something under way. */
  get busyParties(): number {
    return this.#underWay.size;
  }

  /**
   * Counts requests and their bytes for all parties, unless that exceeds the allowance of one.
   *
   * @returns the first limit that is exceeded, or null
   */
  spend(parties: readonly Party[], requests: number, bytes: number): Excess | null {
    for (const party of parties) {
      const minute = this.minuteOf(party);
      const { requestsPerMinute, bytesPerMinute } = party.allowance;
      if (minute.requests + requests > requestsPerMinute)
        return {
          party,
          of: 'requests',
          most: requestsPerMinute,
          retryAfter: this.secondsOf(minute),
        };
      if (bytes > 0 && minute.bytes + bytes > bytesPerMinute)
        return { party, of: 'bytes', most: bytesPerMinute, retryAfter: this.secondsOf(minute) };
    }
    for (const party of parties) {
      const minute = this.minuteOf(party);
      minute.requests += requests;
      minute.bytes += bytes;
    }
    return null;
  }

  /**
   * Counts words for all parties, unless that exceeds the allowance of one. A whole allowance may
   * come at once, and then as much as a minute has room for again: a fixed window would let twice
   * as many come together.
   */
  spendWords(parties: readonly Party[], words: number): Excess | null {
    const now = this.now();
    const buckets = parties.map((party) => this.#wordsOf(party, now));
    for (const [index, party] of parties.entries()) {
      const most = party.allowance.wordsPerMinute;
      const over = (buckets[index]?.count ?? 0) + words - most;
      if (over <= 0) continue;
      const retryAfter = Math.max(1, Math.ceil((over / most) * 60));
      return { party, of: 'words', most, retryAfter };
    }
    for (const bucket of buckets) bucket.count += words;
    return null;
  }

  /** Counts a request under way and the memory that its body needs, until they are released. */
  begin(parties: readonly Party[], bodyBytes: number): Excess | typeof NO_ROOM | null {
    const mostBodies = this.maxBodyBytes * SHARE_OF_BODIES;
    for (const party of parties) {
      const { requests, bodyBytes: held } = this.#of(party);
      const { requestsAtOnce } = party.allowance;
      if (requests >= requestsAtOnce)
        return { party, of: 'requests at once', most: requestsAtOnce, retryAfter: 1 };
      if (bodyBytes > 0 && held + bodyBytes > mostBodies)
        return { party, of: 'bodies', most: mostBodies, retryAfter: 1 };
    }
    if (bodyBytes > 0 && this.#bodyBytes + bodyBytes > this.maxBodyBytes) return NO_ROOM;
    this.#add(parties, { requests: 1, bodyBytes });
    return null;
  }

  release(parties: readonly Party[], bodyBytes: number): void {
    this.#add(parties, { requests: -1, bodyBytes: -bodyBytes });
  }

  /** Counts an open stream, until it is closed. */
  openStream(parties: readonly Party[]): Excess | null {
    for (const party of parties) {
      const { streams } = party.allowance;
      if (this.#of(party).streams >= streams)
        return { party, of: 'streams', most: streams, retryAfter: 1 };
    }
    this.#add(parties, { streams: 1 });
    return null;
  }

  closeStream(parties: readonly Party[]): void {
    this.#add(parties, { streams: -1 });
  }

  /** What a party has used of its present minute. */
  minuteOf({ key }: Party): Minute {
    const now = this.now();
    const known = this.#minutes.get(key);
    if (known !== undefined && known.endsAt > now) return known;
    const minute = { endsAt: now + MINUTE_MS, requests: 0, bytes: 0 };
    this.#minutes.set(key, minute);
    return minute;
  }

  /** Seconds until the end of a minute. */
  secondsOf({ endsAt }: Minute): number {
    return Math.max(1, Math.ceil((endsAt - this.now()) / 1_000));
  }

  #wordsOf({ key, allowance }: Party, now: number): Words {
    const known = this.#words.get(key) ?? { count: 0, at: now };
    const gone = ((now - known.at) / MINUTE_MS) * allowance.wordsPerMinute;
    const words = { count: Math.max(0, known.count - gone), at: now };
    this.#words.set(key, words);
    return words;
  }

  #of({ key }: Party): Readonly<UnderWay> {
    return this.#underWay.get(key) ?? { requests: 0, bodyBytes: 0, streams: 0 };
  }

  #add(
    parties: readonly Party[],
    { requests = 0, bodyBytes = 0, streams = 0 }: Partial<UnderWay>,
  ): void {
    this.#bodyBytes += bodyBytes;
    for (const party of parties) {
      const before = this.#of(party);
      const after = {
        requests: before.requests + requests,
        bodyBytes: before.bodyBytes + bodyBytes,
        streams: before.streams + streams,
      };
      if (after.requests + after.bodyBytes + after.streams === 0) this.#underWay.delete(party.key);
      else this.#underWay.set(party.key, after);
    }
  }
}
