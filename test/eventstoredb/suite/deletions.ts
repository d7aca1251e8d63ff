import { describe, expect, it } from '@jest/globals';
import { failure, ids, newEvents, newStream, revisions, type Given } from './given.js';

export function describeDeletions(given: Given): void {
  describe('a deleted stream', () => {
    it('is not found, but stays in $all', async () => {
      const stream = newStream();
      const events = newEvents(2);
      const { position } = await given.subject().append(stream, events, 'no_stream');
      await given.subject().delete(stream, 1n);
      expect(await failure(given.subject().readStream(stream))).toMatchObject({
        type: 'stream-not-found',
      });
      const [found] = await given.subject().readAll({ fromPosition: position, maxCount: 1 });
      expect(found?.id).toBe(events[1]?.id);
    });

    it.each(['no_stream', 'any', 1n] as const)(
      'continues its revisions when it is written again, expected as %s',
      async (expected) => {
        const stream = newStream();
        await given.subject().append(stream, newEvents(2), 'no_stream');
        await given.subject().delete(stream, 'any');
        const events = newEvents(2);
        const answer = await given.subject().append(stream, events, expected);
        expect(answer.revision).toBe(3n);
        const found = await given.subject().readStream(stream);
        expect(revisions(found)).toEqual([2n, 3n]);
        expect(ids(found)).toEqual(ids(events));
      },
    );

    it('does not exist for an append that expects it to exist', async () => {
      const stream = newStream();
      await given.subject().append(stream, newEvents(1), 'no_stream');
      await given.subject().delete(stream, 'any');
      const error = await failure(given.subject().append(stream, newEvents(1), 'stream_exists'));
      expect(error).toMatchObject({ type: 'wrong-expected-version' });
    });

    it('is not deleted with another expected revision', async () => {
      const stream = newStream();
      await given.subject().append(stream, newEvents(2), 'no_stream');
      const error = await failure(given.subject().delete(stream, 0n));
      expect(error).toMatchObject({ type: 'wrong-expected-version', streamName: stream });
      expect(await given.subject().readStream(stream)).toHaveLength(2);
    });
  });

  describe('a stream with a tombstone', () => {
    it('cannot be read, written or deleted', async () => {
      const stream = newStream();
      await given.subject().append(stream, newEvents(1), 'no_stream');
      await given.subject().tombstone(stream, 0n);
      const deleted = { type: 'stream-deleted', streamName: stream };
      expect(await failure(given.subject().readStream(stream))).toMatchObject(deleted);
      for (const expected of ['any', 'no_stream', 0n, 'stream_exists'] as const) {
        const error = await failure(given.subject().append(stream, newEvents(1), expected));
        expect(error).toMatchObject(deleted);
      }
      expect(await failure(given.subject().tombstone(stream, 'any'))).toMatchObject(deleted);
    });

    it('has the tombstone in $all', async () => {
      const stream = newStream();
      const { position } = await given.subject().append(stream, newEvents(1), 'no_stream');
      await given.subject().tombstone(stream, 'any');
      const found = await given.subject().readAll({ fromPosition: position });
      const ours = found.filter((event) => event.stream === stream);
      expect(ours.map(({ type }) => type)).toEqual(['Happened', '$streamDeleted']);
      expect(ours[1]?.revision).toBe(2n ** 63n - 1n);
    });
  });
}
