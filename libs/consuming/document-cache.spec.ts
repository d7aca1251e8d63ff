import { describe, expect, it } from '@jest/globals';
import { DocumentCache } from './document-cache.js';

interface View {
  readonly text: string;
}

/** A cache of a store's documents, with the ids that it requested from the store. */
function cacheOf(stored: ReadonlyMap<string, View>) {
  const asked: (readonly string[])[] = [];
  const cache = new DocumentCache<View>((ids) => {
    asked.push(ids);
    return Promise.resolve(new Map([...stored].filter(([id]) => ids.includes(id))));
  });
  return { cache, asked };
}

describe('the document cache', () => {
  const stored = new Map([['a', { text: 'first' }]]);

  it('loads each document once, and looks again for a missing one', async () => {
    const { cache, asked } = cacheOf(stored);
    expect(await cache.load(['a', 'b'])).toEqual(stored);
    expect(await cache.load(['b', 'a'])).toEqual(stored);
    expect(asked).toEqual([['a', 'b'], ['b']]);
  });

  it('returns the last written documents', async () => {
    const written = new Map(stored);
    const { cache, asked } = cacheOf(written);
    const before = (await cache.load(['a'])).get('a') ?? null;
    cache.keep([
      { id: 'a', before, after: null },
      { id: 'b', before: null, after: { text: 'second' } },
    ]);
    written.delete('a');
    expect(await cache.load(['a', 'b'])).toEqual(new Map([['b', { text: 'second' }]]));
    expect(asked).toEqual([['a'], ['a']]);
  });

  it('returns all documents of a request larger than the cache', async () => {
    const many = new Map(Array.from({ length: 3_000 }, (_, n) => [`${n}`, { text: `${n}` }]));
    const { cache } = cacheOf(many);
    expect(await cache.load([...many.keys()])).toEqual(many);
    expect(await cache.load([...many.keys()])).toEqual(many);
  });
});
