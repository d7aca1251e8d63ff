import { beforeEach, expect, it } from '@jest/globals';
import {
  NO_STREAM,
  type EventStore,
  type Position,
  type RecordedEvent,
  type SubscribeOptions,
} from '../event-store.js';
import { aStream, idsOf, someEvents, streamOf } from '../testing/events.js';

export function following(store: () => EventStore): void {
  /** The end of the log before each test. */
  let before: Position;
  beforeEach(async () => {
    before = await store().headPosition();
  });

  const newEvents = () => store().readAll({ after: before, limit: 100_000 });

  /** Follows the log until the condition holds, then aborts. Resolves when the subscription ends. */
  async function followUntil(
    seenEnough: (events: readonly RecordedEvent[], page: readonly RecordedEvent[]) => boolean,
    options: Partial<SubscribeOptions> = {},
  ): Promise<RecordedEvent[]> {
    const abort = new AbortController();
    const seen: RecordedEvent[] = [];
    let reached: Position = options.after ?? before;
    const subscription = store().subscribeToAll({
      after: before,
      limit: 10,
      signal: abort.signal,
      ...options,
    });
    for await (const page of subscription) {
      for (const { position } of page) {
        expect(position > reached).toBe(true);
        reached = position;
      }
      seen.push(...page);
      if (seenEnough(seen, page)) abort.abort();
    }
    return seen;
  }

  it('catches up from the start in pages', async () => {
    for (const count of [5, 12, 8]) await streamOf(store(), count);
    const pages: number[] = [];
    const seen = await followUntil((events, page) => {
      pages.push(page.length);
      return events.length === 25;
    });
    expect(idsOf(seen)).toStrictEqual(idsOf(await newEvents()));
    expect(pages).toStrictEqual([10, 10, 5]);
  });

  it('catches up from a position', async () => {
    const { position } = await streamOf(store(), 3);
    const { events } = await streamOf(store(), 2);
    const seen = await followUntil(({ length }) => length === 2, { after: position });
    expect(idsOf(seen)).toStrictEqual(idsOf(events));
  });

  it('follows live with a short delay', async () => {
    const rounds = 20;
    let appended = 0;
    const appendNext = () => {
      appended += 1;
      void streamOf(store(), 1);
    };
    const begun = performance.now();
    appendNext();
    await followUntil(({ length }) => {
      if (length < rounds) appendNext();
      return length === rounds;
    });
    expect(appended).toBe(rounds);
    // Polling alone would take about a second a round.
    expect(performance.now() - begun).toBeLessThan(15_000);
  });

  it('has no gap and no repeat while two writers append', async () => {
    const each = 150;
    const writer = async () => {
      const stream = aStream();
      let head = NO_STREAM;
      for (let left = each; left > 0; left -= 3) {
        ({ head } = await store().append(stream, head, someEvents(3)));
      }
    };
    // Half of the events exist; the rest is written while followers catch up.
    await Promise.all([writer(), writer()]);
    const all = ({ length }: readonly RecordedEvent[]) => length === 4 * each;
    const followers = [7, 50, 1_000].map((limit) => followUntil(all, { limit }));
    await Promise.all([writer(), writer()]);
    const log = idsOf(await newEvents());
    expect(new Set(log).size).toBe(4 * each);
    for (const seen of await Promise.all(followers)) expect(idsOf(seen)).toStrictEqual(log);
  });

  it('ends when aborted while it waits', async () => {
    const abort = new AbortController();
    const waiting = followUntil(() => false, { signal: abort.signal });
    const other = followUntil(({ length }) => length === 1);
    // When the other follower has the event, the first has it too and waits again.
    await streamOf(store(), 1);
    await other;
    abort.abort();
    expect(await waiting).toHaveLength(1);
  });

  it('returns nothing if it is aborted before it starts', async () => {
    await streamOf(store(), 1);
    expect(await followUntil(() => false, { signal: AbortSignal.abort() })).toStrictEqual([]);
  });
}
