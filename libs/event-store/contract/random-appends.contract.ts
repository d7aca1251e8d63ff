import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  EventIdTaken,
  NO_STREAM,
  WrongExpectedRevision,
  type EventStore,
  type EventToAppend,
  type StreamHead,
} from '../event-store.js';
import { chainProblems } from '../testing/chain.js';
import { anEvent, idsOf, wholeStream } from '../testing/events.js';

/** A random append: where the writer expects the stream to end, and which ids it uses. */
interface Attempt {
  readonly stream: number;
  readonly believes: 'the head' | 'no stream' | 'an old head' | 'another hash';
  readonly ids: 'new' | 'of an append before' | 'one taken';
  readonly count: number;
  readonly pick: number;
}

const attempts = fc.array(
  fc.record<Attempt>({
    stream: fc.nat(2),
    believes: fc.constantFrom('the head', 'the head', 'no stream', 'an old head', 'another hash'),
    ids: fc.constantFrom('new', 'new', 'of an append before', 'one taken'),
    count: fc.integer({ min: 1, max: 4 }),
    pick: fc.nat(),
  }),
  { minLength: 1, maxLength: 40 },
);

/** The arguments of an append. */
interface Asked {
  readonly stream: string;
  readonly expected: StreamHead;
  readonly events: readonly EventToAppend[];
}

/** A minimal model of the log: a list of ids per stream, and the heads that appends returned. */
class Model {
  readonly #prefix = randomUUID();
  readonly #ids = new Map<string, string[]>();
  readonly #heads = new Map<string, StreamHead[]>();
  readonly #accepted: Asked[] = [];

  get streams(): ReadonlyMap<string, readonly string[]> {
    return this.#ids;
  }

  asked({ stream: number, believes, ids, count, pick }: Attempt): Asked {
    const before = this.#accepted[pick % Math.max(1, this.#accepted.length)];
    if (ids === 'of an append before' && before !== undefined) return before;
    const stream = `${this.#prefix}-${number}`;
    const heads = this.#heads.get(stream) ?? [NO_STREAM];
    const head = heads.at(-1) ?? NO_STREAM;
    const expected = {
      'the head': head,
      'no stream': NO_STREAM,
      'an old head': heads[pick % heads.length] ?? head,
      'another hash': { ...head, hash: 'f'.repeat(64) },
    }[believes];
    const events = Array.from({ length: count }, () => anEvent());
    const taken = before?.events[0];
    if (ids === 'one taken' && taken !== undefined) events[pick % count] = taken;
    return { stream, expected, events };
  }

  expects({ stream, expected, events }: Asked): 'appended' | 'repeated' | 'moved' | 'taken' {
    const there = this.#ids.get(stream) ?? [];
    const head = this.#heads.get(stream)?.at(-1) ?? NO_STREAM;
    if (head.revision !== expected.revision || head.hash !== expected.hash) {
      const behind = there.slice(expected.revision + 1).slice(0, events.length);
      return behind.join() === idsOf(events).join() ? 'repeated' : 'moved';
    }
    const all = new Set([...this.#ids.values()].flat());
    return events.some(({ id }) => all.has(id)) ? 'taken' : 'appended';
  }

  append(asked: Asked, head: StreamHead): void {
    const { stream, events } = asked;
    this.#ids.set(stream, [...(this.#ids.get(stream) ?? []), ...idsOf(events)]);
    this.#heads.set(stream, [...(this.#heads.get(stream) ?? [NO_STREAM]), head]);
    this.#accepted.push(asked);
  }
}

export function randomAppends(store: () => EventStore): void {
  async function act(model: Model, asked: Asked): Promise<void> {
    const expected = model.expects(asked);
    const appending = store().append(asked.stream, asked.expected, asked.events);
    if (expected === 'moved') return expect(appending).rejects.toThrow(WrongExpectedRevision);
    if (expected === 'taken') return expect(appending).rejects.toThrow(EventIdTaken);
    const { head, repeated } = await appending;
    expect(repeated).toBe(expected === 'repeated');
    expect(head.revision).toBe(asked.expected.revision + asked.events.length);
    if (!repeated) model.append(asked, head);
  }

  it('give the same result as a simple model of the log', async () => {
    const outcomes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(attempts, async (given) => {
        const model = new Model();
        for (const attempt of given) {
          const asked = model.asked(attempt);
          outcomes.add(model.expects(asked));
          await act(model, asked);
        }
        for (const [stream, ids] of model.streams) {
          const events = await wholeStream(store(), stream);
          expect(idsOf(events)).toStrictEqual(ids);
          expect(chainProblems(events)).toStrictEqual([]);
        }
      }),
      { numRuns: 60 },
    );
    // The generator produced every possible outcome.
    expect([...outcomes].sort()).toStrictEqual(['appended', 'moved', 'repeated', 'taken']);
  });
}
