import { beforeAll, expect, it } from '@jest/globals';
import { NO_STREAM, type EventStore, type ReadStreamOptions } from '../event-store.js';
import { aStream, someEvents, streamOf } from '../testing/events.js';

export function readingStreams(store: () => EventStore): void {
  let stream: string;
  /** The stream has seven events, 0 to 6, with events of other streams before, between and after. */
  beforeAll(async () => {
    await streamOf(store(), 2);
    const { stream: made, head } = await streamOf(store(), 4);
    await streamOf(store(), 3);
    await store().append(made, head, someEvents(3));
    await streamOf(store(), 1);
    stream = made;
  });
  const revisions = async (options: ReadStreamOptions): Promise<number[]> => {
    const events = await store().readStream(stream, options);
    expect(events.every((event) => event.stream === stream)).toBe(true);
    return events.map(({ revision }) => revision);
  };

  it.each<[string, ReadStreamOptions, number[]]>([
    ['from its start', { limit: 100 }, [0, 1, 2, 3, 4, 5, 6]],
    ['from its start, limited', { limit: 3 }, [0, 1, 2]],
    ['from a revision', { from: 3, limit: 100 }, [3, 4, 5, 6]],
    ['from a revision, limited', { from: 3, limit: 2 }, [3, 4]],
    ['from its last revision', { from: 6, limit: 2 }, [6]],
    ['from after its end', { from: 7, limit: 2 }, []],
    ['backwards from its end', { direction: 'backwards', limit: 100 }, [6, 5, 4, 3, 2, 1, 0]],
    ['backwards from its end, one', { direction: 'backwards', limit: 1 }, [6]],
    ['backwards from a revision', { direction: 'backwards', from: 3, limit: 100 }, [3, 2, 1, 0]],
    ['backwards from a revision, limited', { direction: 'backwards', from: 3, limit: 2 }, [3, 2]],
    ['backwards from its first revision', { direction: 'backwards', from: 0, limit: 2 }, [0]],
    ['backwards from after its end', { direction: 'backwards', from: 99, limit: 2 }, [6, 5]],
    ['forwards from 0', { direction: 'forwards', from: 0, limit: 7 }, [0, 1, 2, 3, 4, 5, 6]],
  ])('reads %s: %j', async (_, options, expected) => {
    expect(await revisions(options)).toStrictEqual(expected);
  });

  it('finds what was appended after it had found nothing more', async () => {
    const later = aStream();
    let head = NO_STREAM;
    for (let revision = 0; revision < 3; revision++) {
      for (const from of [revision, revision + 5])
        expect(await store().readStream(later, { from, limit: 10 })).toStrictEqual([]);
      const appending = store().append(later, head, someEvents(1));
      await store().readStream(later, { from: revision, limit: 10 });
      ({ head } = await appending);
      const found = await store().readStream(later, { from: revision, limit: 10 });
      expect(found.map((event) => event.revision)).toStrictEqual([revision]);
    }
  });

  it('finds nothing in a stream that does not exist, in both directions', async () => {
    for (const direction of ['forwards', 'backwards'] as const) {
      expect(await store().readStream('nowhere', { direction, limit: 10 })).toStrictEqual([]);
    }
  });

  it('returns positions that grow with the revisions', async () => {
    const events = await store().readStream(stream, { limit: 100 });
    const positions = events.map(({ position }) => position);
    expect(positions).toStrictEqual([...positions].sort((a, b) => (a < b ? -1 : 1)));
    expect(new Set(positions).size).toBe(7);
  });
}
