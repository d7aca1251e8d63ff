import { describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '../event-store.js';
import { createCodec, UnknownStoredEvent, type StoredForm } from './codec.js';
import { listOf, objectOf, text } from './shape.js';
import { HistoryDamaged } from '../history.js';

type Event =
  | { readonly type: 'Renamed'; readonly data: { readonly names: readonly string[] } }
  | { readonly type: 'Removed'; readonly data: Record<string, never> };

const names = objectOf({ names: listOf(text) });
const nothing = objectOf<Record<string, never>>({});

/** A stored form in a stream. */
const inStream = (form: StoredForm) => ({ ...form, stream: 'ticket-1', revision: 3, position: 7n });

/** A name became two parts in version 2, and a list of any length in version 3. */
const codec = createCodec<Event>({
  Renamed: {
    version: 3,
    shape: names,
    upcasters: {
      1: ({ name }) => {
        const [first = '', last = ''] = (name as string).split(' ');
        return { first, last };
      },
      2: ({ first, last }) => ({ names: [first ?? '', last ?? ''] }),
    },
  },
  Removed: { version: 1, shape: nothing },
});

describe('a codec', () => {
  it('writes the current version', () => {
    expect(codec.encode({ type: 'Renamed', data: { names: ['a', 'b', 'c'] } })).toStrictEqual({
      type: 'Renamed',
      schemaVersion: 3,
      data: { names: ['a', 'b', 'c'] },
    });
    expect(codec.encode({ type: 'Removed', data: {} }).schemaVersion).toBe(1);
  });

  it('reads what it wrote', () => {
    const event: Event = { type: 'Renamed', data: { names: ['a', 'b', 'c'] } };
    expect(codec.decode(inStream(codec.encode(event)))).toStrictEqual(event);
  });

  it.each<[number, StoredForm['data']]>([
    [1, { name: 'Ada Lovelace' }],
    [2, { first: 'Ada', last: 'Lovelace' }],
    [3, { names: ['Ada', 'Lovelace'] }],
  ])('converts version %i to the current one, step by step', (schemaVersion, data) => {
    const given = structuredClone(data);
    expect(codec.decode(inStream({ type: 'Renamed', schemaVersion, data }))).toStrictEqual({
      type: 'Renamed',
      data: { names: ['Ada', 'Lovelace'] },
    });
    expect(data).toStrictEqual(given);
  });

  it('returns only type and data', () => {
    const stored = { ...inStream({ type: 'Removed', schemaVersion: 1, data: {} }), id: 'x' };
    expect(codec.decode(stored)).toStrictEqual({ type: 'Removed', data: {} });
  });

  it.each([
    ['Renamed', 4],
    ['Removed', 2],
    ['Removed', Infinity],
    ['Forgotten', 1],
    ['', 1],
    ['toString', 1],
    ['__proto__', 1],
  ])('refuses %s version %d, with the remedy', (type, schemaVersion) => {
    const decode = () => codec.decode(inStream({ type, schemaVersion, data: {} }));
    expect(decode).toThrow(UnknownStoredEvent);
    expect(decode).toThrow(
      `The log contains ${type} version ${schemaVersion}, which this version does not know. Run the version that wrote it, or a later one.`,
    );
  });

  it.each([
    ['Renamed', 0],
    ['Renamed', -1],
    ['Removed', 0],
    ['Removed', 0.5],
  ])('refuses %s version %d, which never existed', (type, schemaVersion) => {
    expect(() => codec.decode(inStream({ type, schemaVersion, data: {} }))).toThrow(
      UnknownStoredEvent,
    );
  });

  it.each<StoredForm['data']>([{}, { names: 'Ada' }, { names: ['Ada', 7] }, { names: null }])(
    'refuses %j as damaged: its type has another shape',
    (data) => {
      const decode = () => codec.decode(inStream({ type: 'Renamed', schemaVersion: 3, data }));
      expect(decode).toThrow(HistoryDamaged);
      expect(decode).toThrow(/ticket-1 .*revision 3 at position 7 has not the shape of its type/);
    },
  );

  it('names a missing upcaster', () => {
    const broken = createCodec<Event>({
      Renamed: { version: 3, shape: names, upcasters: { 2: (data) => data } },
      Removed: { version: 2, shape: nothing },
    });
    expect(() => broken.decode(inStream({ type: 'Renamed', schemaVersion: 1, data: {} }))).toThrow(
      new UnknownStoredEvent('Renamed version 1 has no upcaster.'),
    );
    expect(() => broken.decode(inStream({ type: 'Removed', schemaVersion: 1, data: {} }))).toThrow(
      new UnknownStoredEvent('Removed version 1 has no upcaster.'),
    );
  });
});

describe('the data of an event in the log', () => {
  it('is opaque without the codec', () => {
    // @ts-expect-error Outside of the event store, stored data is opaque.
    const read = ({ data }: RecordedEvent) => data['names'] as unknown;
    expect(read).toBeInstanceOf(Function);
  });
});
