import { describe, expect, it } from '@jest/globals';
import { until } from '#test/support/until.js';
import { caughtUp, heard, ids, newEvents, newStream, revisions, type Given } from './given.js';
import type { Follower } from './subject.js';

export function describeSubscriptions(given: Given): void {
  describe('a subscription to $all', () => {
    it('gets earlier and later events, in order and without a gap', async () => {
      const stream = newStream();
      const before = newEvents(100);
      await given.subject().append(stream, before, 'no_stream');
      const follower = given.subject().subscribeToAll({
        filter: { on: 'stream', prefixes: [stream] },
      });
      const after = newEvents(100);
      for (const event of after) await given.subject().append(stream, [event], 'any');
      await heard(follower, 200);
      expect(ids(follower.events)).toEqual([...ids(before), ...ids(after)]);
      await end(follower);
    });

    it('loses no concurrent writes while it catches up', async () => {
      const prefix = newStream();
      const append = (name: string, times: number) =>
        Array.from({ length: times }, (_, number) =>
          given.subject().append(`${prefix}-${name}-${number}`, newEvents(3), 'no_stream'),
        );
      await Promise.all(append('before', 100));
      const under = append('concurrent', 100);
      const follower = given.subject().subscribeToAll({
        filter: { on: 'stream', prefixes: [prefix], checkpointInterval: 1 },
      });
      await Promise.all(under);
      await heard(follower, 600);
      const positions = follower.events.map(({ position }) => position?.commit ?? 0n);
      expect(positions).toEqual([...positions].sort((a, b) => (a < b ? -1 : 1)));
      expect(new Set(ids(follower.events)).size).toBe(600);
      await end(follower);
    });

    it('starts after its position', async () => {
      const stream = newStream();
      const events = newEvents(5);
      await given.subject().append(stream, events, 'no_stream');
      const [, , third] = await given.subject().readStream(stream);
      const follower = given.subject().subscribeToAll({
        fromPosition: third?.position ?? 'start',
        filter: { on: 'stream', prefixes: [stream] },
      });
      await heard(follower, 2);
      await caughtUp(follower);
      expect(ids(follower.events)).toEqual(ids(events.slice(3)));
      await end(follower);
    });

    it('gets only new events if it starts at the end', async () => {
      const stream = newStream();
      await given.subject().append(stream, newEvents(2), 'no_stream');
      const follower = given.subject().subscribeToAll({
        fromPosition: 'end',
        filter: { on: 'stream', prefixes: [stream] },
      });
      await caughtUp(follower);
      const after = newEvents(1);
      await given.subject().append(stream, after, 1n);
      await heard(follower, 1);
      expect(ids(follower.events)).toEqual(ids(after));
      expect(follower.confirmed).toBe(true);
      await end(follower);
    });

    it.each([
      { on: 'stream', by: 'prefixes', pick: (name: string) => ({ prefixes: [`${name}-a`] }) },
      { on: 'stream', by: 'regex', pick: (name: string) => ({ regex: `^${name}-a.*` }) },
      { on: 'type', by: 'prefixes', pick: (name: string) => ({ prefixes: [`A${name}`, 'Z'] }) },
      { on: 'type', by: 'regex', pick: (name: string) => ({ regex: `^A${name}$` }) },
    ] as const)('filtered on $on by $by gets only matching events', async ({ on, pick }) => {
      const name = newStream();
      const wanted = newEvents(2, `A${name}`);
      const follower = given.subject().subscribeToAll({ filter: { on, ...pick(name) } });
      await given.subject().append(`${name}-b`, newEvents(2, `B${name}`), 'no_stream');
      await given.subject().append(`${name}-a`, wanted, 'no_stream');
      await heard(follower, 2);
      expect(ids(follower.events)).toEqual(ids(wanted));
      await end(follower);
    });

    it('gets checkpoints of the search, also without matching events', async () => {
      const stream = newStream();
      const start = await given.subject().append(stream, newEvents(1), 'no_stream');
      const follower = given.subject().subscribeToAll({
        fromPosition: start.position,
        filter: {
          on: 'stream',
          prefixes: [newStream()],
          checkpointInterval: 1,
          maxSearchWindow: 5,
        },
      });
      await caughtUp(follower);
      const events = newEvents(50);
      let last = start.position.commit;
      for (const event of events) {
        last = (await given.subject().append(stream, [event], 'any')).position.commit;
      }
      await until('most of it was searched', () =>
        (follower.checkpoints.at(-1)?.commit ?? 0n) > start.position.commit ? true : null,
      );
      const seen = follower.checkpoints.map(({ commit }) => commit);
      expect(seen).toEqual([...seen].sort((a, b) => (a < b ? -1 : 1)));
      expect(seen.at(-1)).toBeLessThanOrEqual(last);
      expect(follower.events).toEqual([]);
      await end(follower);
    });

    it('can resume from a checkpoint without a gap', async () => {
      const [wanted, other] = [newStream(), newStream()];
      const filter = { on: 'stream', prefixes: [wanted], maxSearchWindow: 5 } as const;
      const { position } = await given.subject().append(other, newEvents(40), 'no_stream');
      const first = given.subject().subscribeToAll({ fromPosition: position, filter });
      await caughtUp(first);
      await given.subject().append(other, newEvents(40), 'any');
      const checkpoint = await until(
        'there was a checkpoint',
        () => first.checkpoints.at(-1) ?? null,
      );
      await end(first);
      const events = newEvents(2);
      await given.subject().append(wanted, events, 'no_stream');
      const second = given.subject().subscribeToAll({ fromPosition: checkpoint, filter });
      await heard(second, 2);
      expect(ids(second.events)).toEqual(ids(events));
      await end(second);
    });
  });

  describe('a subscription to a stream', () => {
    it.each<[bigint | 'start' | 'end', bigint[]]>([
      ['start', [0n, 1n, 2n, 3n]],
      [0n, [1n, 2n, 3n]],
      ['end', [3n]],
    ])('from %s gets %s', async (from, expected) => {
      const stream = newStream();
      await given.subject().append(stream, newEvents(3), 'no_stream');
      const follower = given.subject().subscribeToStream(stream, from);
      await caughtUp(follower);
      await given.subject().append(stream, newEvents(1), 2n);
      await heard(follower, expected.length);
      expect(revisions(follower.events)).toEqual(expected);
      await end(follower);
    });

    it('waits for a stream that does not exist yet', async () => {
      const stream = newStream();
      const follower = given.subject().subscribeToStream(stream, 'start');
      await caughtUp(follower);
      const events = newEvents(2);
      await given.subject().append(stream, events, 'no_stream');
      await heard(follower, 2);
      expect(ids(follower.events)).toEqual(ids(events));
      await end(follower);
    });
  });
}

async function end(follower: Follower): Promise<void> {
  expect(follower.error).toBeNull();
  await follower.unsubscribe();
}
