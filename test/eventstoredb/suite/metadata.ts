import { describe, expect, it } from '@jest/globals';
import { pause } from '#test/support/until.js';
import { newEvents, newStream, revisions, type Given } from './given.js';

export function describeMetadata(given: Given): void {
  describe("a stream's metadata", () => {
    it('can be read', async () => {
      const stream = newStream();
      await given.subject().setMetadata(stream, { maxCount: 10, maxAge: 3600, owner: 'suite' });
      expect(await given.subject().getMetadata(stream)).toEqual({
        maxCount: 10,
        maxAge: 3600,
        owner: 'suite',
      });
    });

    it.each([
      { metadata: { maxCount: 2 }, left: [3n, 4n] },
      { metadata: { truncateBefore: 1 }, left: [1n, 2n, 3n, 4n] },
      { metadata: { truncateBefore: 4, maxCount: 3 }, left: [4n] },
    ])('$metadata leaves revisions $left to be read', async ({ metadata, left }) => {
      const stream = newStream();
      await given.subject().append(stream, newEvents(5), 'no_stream');
      await given.subject().setMetadata(stream, metadata);
      expect(revisions(await given.subject().readStream(stream))).toEqual(left);
      const backwards = { direction: 'backwards', fromRevision: 'end' } as const;
      const found = await given.subject().readStream(stream, backwards);
      expect(revisions(found)).toEqual([...left].reverse());
    });

    it('let a stream continue without its oldest events', async () => {
      const stream = newStream();
      await given.subject().append(stream, newEvents(2), 'no_stream');
      await given.subject().setMetadata(stream, { maxAge: 1 });
      await pause(2_100);
      await given.subject().append(stream, newEvents(1), 1n);
      expect(revisions(await given.subject().readStream(stream))).toEqual([2n]);
    });
  });
}
