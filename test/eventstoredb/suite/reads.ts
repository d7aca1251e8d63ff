import { describe, expect, it } from '@jest/globals';
import { failure, ids, newEvent, newEvents, newStream, revisions, type Given } from './given.js';

export function describeReads(given: Given): void {
  describe('a read of a stream', () => {
    it('returns the written events', async () => {
      const stream = newStream('süß & ñandú');
      const json = newEvent({ text: 'süß', nested: { list: [1, null, true] } }, 'Größe');
      const binary = newEvent(new Uint8Array([0, 255, 10, 13, 128]), 'Raw');
      const before = Date.now();
      const answer = await given.subject().append(stream, [json, binary], 'no_stream');
      const [first, second] = await given.subject().readStream(stream);
      expect(first).toMatchObject({
        id: json.id,
        stream,
        revision: 0n,
        type: 'Größe',
        data: json.data,
        metadata: json.metadata,
      });
      expect(Buffer.from(second?.data as Uint8Array)).toEqual(
        Buffer.from(binary.data as Uint8Array),
      );
      expect(second?.position).toEqual(answer.position);
      const age = (first?.created.getTime() ?? 0) - before;
      expect(Math.abs(age)).toBeLessThan(5_000 + given.client.createdPrecision);
    });

    it.each([
      { options: {}, expected: [0n, 1n, 2n, 3n, 4n] },
      { options: { maxCount: 2 }, expected: [0n, 1n] },
      { options: { fromRevision: 2n }, expected: [2n, 3n, 4n] },
      { options: { fromRevision: 1n, maxCount: 2 }, expected: [1n, 2n] },
      { options: { fromRevision: 5n }, expected: [] },
      {
        options: { direction: 'backwards' as const, fromRevision: 'end' as const, maxCount: 2 },
        expected: [4n, 3n],
      },
      {
        options: { direction: 'backwards' as const, fromRevision: 3n },
        expected: [3n, 2n, 1n, 0n],
      },
      {
        options: { direction: 'backwards' as const, fromRevision: 7n, maxCount: 1 },
        expected: [4n],
      },
    ])('with $options has exactly the requested events', async ({ options, expected }) => {
      const stream = newStream();
      await given.subject().append(stream, newEvents(5), 'no_stream');
      expect(revisions(await given.subject().readStream(stream, options))).toEqual(expected);
    });

    if (!given.client.turnsReads) {
      it.each([
        { options: { fromRevision: 'end' as const }, expected: [] },
        {
          options: { direction: 'backwards' as const, fromRevision: 'start' as const },
          expected: [0n],
        },
      ])('with $options is empty', async ({ options, expected }) => {
        const stream = newStream();
        await given.subject().append(stream, newEvents(5), 'no_stream');
        expect(revisions(await given.subject().readStream(stream, options))).toEqual(expected);
      });
    }

    it('fails if the stream does not exist', async () => {
      const error = await failure(given.subject().readStream(newStream()));
      expect(error).toMatchObject({ type: 'stream-not-found' });
    });

    it('has all events of a long stream', async () => {
      const stream = newStream();
      const events = newEvents(1_000);
      await given.subject().append(stream, events, 'no_stream');
      expect(ids(await given.subject().readStream(stream))).toEqual(ids(events));
    });
  });
}
