import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { failure, ids, newEvent, newEvents, newStream, revisions, type Given } from './given.js';
import type { Expected } from './subject.js';

/** EventStoreDB's own default. */
const MAXIMUM_APPEND_BYTES = 1024 * 1024;

export function describeAppends(given: Given): void {
  describe('an append', () => {
    it.each<Expected>(['no_stream', 'any'])(
      'begins a stream that is expected as %s',
      async (as) => {
        const stream = newStream();
        const answer = await given.subject().append(stream, newEvents(2), as);
        expect(answer.revision).toBe(1n);
        expect(answer.position.commit).toBe(answer.position.prepare);
        const [, last] = await given.subject().readStream(stream);
        expect(last?.position).toEqual(answer.position);
      },
    );

    it.each<Expected>([1n, 'any', 'stream_exists'])(
      'follows revision 1, expected as %s',
      async (as) => {
        const stream = newStream();
        await given.subject().append(stream, newEvents(2), 'no_stream');
        const answer = await given.subject().append(stream, newEvents(3), as);
        expect(answer.revision).toBe(4n);
        expect(revisions(await given.subject().readStream(stream))).toEqual([0n, 1n, 2n, 3n, 4n]);
      },
    );

    it.each<[Expected, number]>([
      ['no_stream', 2],
      [0n, 2],
      [2n, 2],
      [0n, 0],
      ['stream_exists', 0],
    ])('is refused if it expects %s of a stream of %d events', async (expected, length) => {
      const stream = newStream();
      const before = newEvents(length);
      if (length > 0) await given.subject().append(stream, before, 'no_stream');
      const error = await failure(given.subject().append(stream, newEvents(1), expected));
      expect(error).toMatchObject({
        type: 'wrong-expected-version',
        streamName: stream,
        [error.expectedState === undefined ? 'expectedVersion' : 'expectedState']: expected,
        [error.actualState === undefined ? 'actualVersion' : 'actualState']:
          length === 0 ? 'no_stream' : BigInt(length - 1),
      });
      const found = length === 0 ? [] : await given.subject().readStream(stream);
      expect(ids(found)).toEqual(ids(before));
    });

    it('is the only winner of many with the same expectation', async () => {
      const stream = newStream();
      const attempts = Array.from({ length: 20 }, () => newEvent());
      const outcomes = await Promise.allSettled(
        attempts.map((event) => given.subject().append(stream, [event], 'no_stream')),
      );
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await given.subject().readStream(stream)).toHaveLength(1);
    });

    it('is accepted as a whole up to the maximum size, and refused as a whole beyond it', async () => {
      const stream = newStream();
      const half = { text: 'x'.repeat(MAXIMUM_APPEND_BYTES / 2 - 1000) };
      const options = { batchAppendSize: 100_000 };
      const two = [newEvent(half), newEvent(half)];
      await given.subject().append(stream, two, 'no_stream', options);
      const three = [newEvent(half), newEvent(half), newEvent(half)];
      const error = await failure(given.subject().append(stream, three, 1n, options));
      expect(error).toMatchObject({
        type: 'maximum-append-size-exceeded',
        maxAppendSize: MAXIMUM_APPEND_BYTES,
      });
      expect(ids(await given.subject().readStream(stream))).toEqual(ids(two));
    });

    it('stores every event of every stream in order, for any lengths', async () => {
      const appends = fc.array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 4 })), {
        minLength: 1,
        maxLength: 15,
      });
      await fc.assert(
        fc.asyncProperty(appends, async (plan) => {
          const streams = Array.from({ length: 4 }, () => newStream());
          const written = streams.map((): string[] => []);
          let last = 0n;
          for (const [index, length] of plan) {
            const events = newEvents(length);
            const known = written[index] ?? [];
            const expected = known.length === 0 ? 'no_stream' : BigInt(known.length - 1);
            const stream = streams[index] ?? '';
            const answer = await given.subject().append(stream, events, expected);
            expect(answer.position.commit).toBeGreaterThan(last);
            last = answer.position.commit;
            known.push(...ids(events));
          }
          for (const [index, known] of written.entries()) {
            if (known.length === 0) continue;
            const found = await given.subject().readStream(streams[index] ?? '');
            expect(ids(found)).toEqual(known);
          }
        }),
        { numRuns: 10 },
      );
    });
  });
}
