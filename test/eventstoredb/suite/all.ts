import { describe, expect, it } from '@jest/globals';
import { failure, ids, newEvents, newStream, type Given } from './given.js';
import type { Position, ReadEvent } from './subject.js';

/** Positions in the order of the log. */
const commits = (events: readonly ReadEvent[]): bigint[] =>
  events.map(({ position }) => position?.commit ?? -1n);

/** The written events among the found ones: other clients and the server may write too. */
const of = (written: readonly ReadEvent[], found: readonly ReadEvent[]): ReadEvent[] =>
  found.filter(({ id }) => ids(written).includes(id));

export function describeAll(given: Given): void {
  /** Three streams of two events each, one after the other, with their first and last positions. */
  async function story() {
    const streams = [newStream(), newStream(), newStream()];
    const written: ReadEvent[] = [];
    for (const stream of streams) {
      await given.subject().append(stream, newEvents(2), 'no_stream');
      written.push(...(await given.subject().readStream(stream)));
    }
    const positions = written.map(({ position }): Position => position as Position);
    return { streams, written, positions };
  }

  describe('a read of $all', () => {
    it('has the events of all streams in the order of their positions', async () => {
      const { written, positions } = await story();
      const [first] = positions;
      const found = await given.subject().readAll({ fromPosition: first });
      expect(ids(of(written, found))).toEqual(ids(written));
      const order = commits(found);
      expect(order).toEqual([...order].sort((a, b) => (a < b ? -1 : 1)));
      expect(new Set(order).size).toBe(order.length);
      expect(order[0]).toBeGreaterThan(0n);
    });

    it('begins forwards with the event at the position', async () => {
      const { written, positions } = await story();
      const fromPosition = positions[2];
      const [found] = await given.subject().readAll({ fromPosition, maxCount: 1 });
      expect(found?.id).toBe(written[2]?.id);
    });

    it('begins backwards with the event before the position', async () => {
      const { written, positions } = await story();
      const found = await given.subject().readAll({
        fromPosition: positions[3],
        direction: 'backwards',
        maxCount: 20,
      });
      expect(ids(of(written, found))).toEqual(ids(written.slice(0, 3).reverse()));
    });

    it('ends backwards with the first event, and begins with the last', async () => {
      const { written } = await story();
      const found = await given.subject().readAll({ direction: 'backwards', fromPosition: 'end' });
      expect(ids(of(written, found).reverse())).toEqual(ids(written));
      const [first] = await given.subject().readAll({ maxCount: 1 });
      expect(found.at(-1)?.id).toBe(first?.id);
    });

    if (!given.client.turnsReads) {
      it('has nothing forwards from the end', async () => {
        await story();
        expect(await given.subject().readAll({ fromPosition: 'end' })).toEqual([]);
      });
    }

    it('fails from a position at which no event begins', async () => {
      const { positions } = await story();
      const between = (positions[0]?.commit ?? 0n) + 1n;
      const fromPosition = { commit: between, prepare: between };
      const error = await failure(given.subject().readAll({ fromPosition }));
      expect(error).toBeInstanceOf(Error);
    });

    it('has the metadata of streams', async () => {
      const stream = newStream();
      await given.subject().setMetadata(stream, { maxCount: 3, owner: 'suite' });
      const found = await given.subject().readAll({
        direction: 'backwards',
        fromPosition: 'end',
        maxCount: 20,
      });
      expect(found.find((event) => event.stream === `$$${stream}`)).toMatchObject({
        type: '$metadata',
        data: { $maxCount: 3, owner: 'suite' },
      });
    });

    if (given.client.filtersReads) {
      it('has only the events that its filter matches', async () => {
        const { streams, written, positions } = await story();
        const found = await given.subject().readAll({
          fromPosition: positions[0],
          filter: { on: 'stream', prefixes: [streams[0] ?? '', streams[2] ?? ''] },
        });
        expect(ids(found)).toEqual([...ids(written.slice(0, 2)), ...ids(written.slice(4))]);
      });
    }
  });
}
