import { describe, expect, it } from '@jest/globals';
import { failure, ids, newEvents, newStream, type Given } from './given.js';
import type { Expected } from './subject.js';

export function describeRetries(given: Given): void {
  describe('an append that is sent again', () => {
    it.each<[Expected, Expected]>([
      ['no_stream', 'no_stream'],
      ['no_stream', 'any'],
      ['any', 'any'],
    ])('changes nothing and answers as the first did (%s, then %s)', async (first, again) => {
      const stream = newStream();
      const events = newEvents(3);
      const answer = await given.subject().append(stream, events, first);
      await given.subject().append(stream, newEvents(2), 2n);
      expect(await given.subject().append(stream, events, again)).toEqual(answer);
      expect(await given.subject().readStream(stream)).toHaveLength(5);
    });

    it('answers as the first did from the middle of a stream too', async () => {
      const stream = newStream();
      await given.subject().append(stream, newEvents(2), 'no_stream');
      const events = newEvents(2);
      const answer = await given.subject().append(stream, events, 1n);
      await given.subject().append(stream, newEvents(1), 3n);
      expect(await given.subject().append(stream, events, 1n)).toEqual(answer);
    });

    it('answers for the part of it that is sent again', async () => {
      const stream = newStream();
      const events = newEvents(3);
      await given.subject().append(stream, events, 'no_stream');
      const part = await given.subject().append(stream, events.slice(0, 2), 'no_stream');
      expect(part.revision).toBe(1n);
      expect(await given.subject().readStream(stream)).toHaveLength(3);
    });

    it('is refused where it carries more than the first did', async () => {
      const stream = newStream();
      const events = newEvents(2);
      await given.subject().append(stream, events, 'no_stream');
      const more = [...events, ...newEvents(1)];
      const error = await failure(given.subject().append(stream, more, 'no_stream'));
      expect(error).toMatchObject({ type: 'wrong-expected-version' });
    });

    it('is refused where other events stand behind the revision that it expects', async () => {
      const stream = newStream();
      const events = newEvents(1);
      await given.subject().append(stream, events, 'no_stream');
      await given.subject().append(stream, newEvents(2), 0n);
      const error = await failure(given.subject().append(stream, events, 0n));
      expect(error).toMatchObject({ type: 'wrong-expected-version' });
    });

    it('is written a second time where it expects the revision that the stream has', async () => {
      const stream = newStream();
      const events = newEvents(1);
      await given.subject().append(stream, events, 'no_stream');
      const again = await given.subject().append(stream, events, 0n);
      expect(again.revision).toBe(1n);
      const found = await given.subject().readStream(stream);
      expect(ids(found)).toEqual([...ids(events), ...ids(events)]);
    });
  });
}
