import { describe, expect, it } from '@jest/globals';
import { failure, ids, newEvents, newStream, type Given } from './given.js';
import type { Expected } from './subject.js';

export function describeRetries(given: Given): void {
  describe('a repeated append', () => {
    it.each<[Expected, Expected]>([
      ['no_stream', 'no_stream'],
      ['no_stream', 'any'],
      ['any', 'any'],
    ])('changes nothing and has the first answer (%s, then %s)', async (first, again) => {
      const stream = newStream();
      const events = newEvents(3);
      const answer = await given.subject().append(stream, events, first);
      await given.subject().append(stream, newEvents(2), 2n);
      expect(await given.subject().append(stream, events, again)).toEqual(answer);
      expect(await given.subject().readStream(stream)).toHaveLength(5);
    });

    it('has the first answer also within a stream', async () => {
      const stream = newStream();
      await given.subject().append(stream, newEvents(2), 'no_stream');
      const events = newEvents(2);
      const answer = await given.subject().append(stream, events, 1n);
      await given.subject().append(stream, newEvents(1), 3n);
      expect(await given.subject().append(stream, events, 1n)).toEqual(answer);
    });

    it('may repeat a part of the first append', async () => {
      const stream = newStream();
      const events = newEvents(3);
      await given.subject().append(stream, events, 'no_stream');
      const part = await given.subject().append(stream, events.slice(0, 2), 'no_stream');
      expect(part.revision).toBe(1n);
      expect(await given.subject().readStream(stream)).toHaveLength(3);
    });

    it('is refused if it has more events than the first one', async () => {
      const stream = newStream();
      const events = newEvents(2);
      await given.subject().append(stream, events, 'no_stream');
      const more = [...events, ...newEvents(1)];
      const error = await failure(given.subject().append(stream, more, 'no_stream'));
      expect(error).toMatchObject({ type: 'wrong-expected-version' });
    });

    it('is refused if other events follow its expected revision', async () => {
      const stream = newStream();
      const events = newEvents(1);
      await given.subject().append(stream, events, 'no_stream');
      await given.subject().append(stream, newEvents(2), 0n);
      const error = await failure(given.subject().append(stream, events, 0n));
      expect(error).toMatchObject({ type: 'wrong-expected-version' });
    });

    it('is written a second time if it expects the current revision', async () => {
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
