import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { NO_STREAM, type RecordedEvent, type StoredData } from '../event-store.js';
import { chainProblems, recordOf } from '../testing/chain.js';
import { anEvent, someEvents } from '../testing/events.js';
import { present } from '../testing/present.js';
import { hashOf, openRecord, recordProblem, seal } from './chain.js';

const sealed = seal('ticket-1', NO_STREAM, [
  anEvent({ data: { text: 'Grüße 🎫' } }),
  ...someEvents(6),
]);
const events: readonly RecordedEvent[] = sealed.map(({ record, hash }, index) =>
  present(openRecord(record, hash, BigInt(index))),
);

describe('a sealed event', () => {
  it('is canonical JSON with its stream, revision and previous hash', () => {
    const event = anEvent({ id: 'c0ffee00-0000-4000-8000-000000000000', data: { b: 1, a: 'é' } });
    const [only] = seal('ticket-1', { revision: 4, hash: 'ab'.repeat(32) }, [event]);
    expect(only).toStrictEqual({
      id: event.id,
      type: 'Counted',
      revision: 5,
      record:
        '{"at":"2026-11-24T12:00:00.000Z","data":{"a":"é","b":1},' +
        '"id":"c0ffee00-0000-4000-8000-000000000000",' +
        '"metadata":{"actor":{"id":"alice","role":"customer"}},' +
        `"previousHash":"${'ab'.repeat(32)}","revision":5,"schemaVersion":1,` +
        '"stream":"ticket-1","type":"Counted"}',
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('has the SHA-256 hash of its UTF-8 bytes', () => {
    for (const { record, hash } of sealed) {
      expect(hash).toBe(createHash('sha256').update(Buffer.from(record, 'utf8')).digest('hex'));
    }
    expect(hashOf('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it('parses to the original event and serialises to the same record', () => {
    expect(events.map(recordOf)).toStrictEqual(sealed.map(({ record }) => record));
    expect(events[0]).toMatchObject({ stream: 'ticket-1', revision: 0, position: 0n });
    expect(events[0]?.data).toStrictEqual({ text: 'Grüße 🎫' });
  });

  it('has no problem if nothing was changed', () => {
    for (const { record, hash } of sealed) expect(recordProblem(record, hash)).toBeNull();
  });

  it('reports the expected hash if it was changed', () => {
    const [first] = sealed;
    const changed = first?.record.replace('Grüße', 'Gruß') ?? '';
    expect(recordProblem(changed, first?.hash ?? '')).toBe(
      `its hash is ${first?.hash ?? ''}, but its content hashes to ${hashOf(changed)}`,
    );
  });

  it('reports a problem if any bit is flipped', () => {
    for (const { record, hash } of sealed.slice(0, 2)) {
      const bytes = Buffer.from(record, 'latin1');
      for (let bit = 0; bit < bytes.length * 8; bit++) {
        const flipped = Buffer.from(bytes);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(recordProblem(flipped.toString('latin1'), hash)).not.toBeNull();
      }
    }
  });
});

describe('a chain of events', () => {
  it('continues from the previous head', () => {
    const [first, ...rest] = someEvents(3);
    const one = present(seal('a', NO_STREAM, [first ?? anEvent()]).at(-1));
    const more = seal('a', one, rest);
    expect(more.map(({ revision }) => revision)).toStrictEqual([1, 2]);
    const all = [one, ...more].map(({ record, hash }, n) =>
      present(openRecord(record, hash, BigInt(n))),
    );
    expect(chainProblems(all)).toStrictEqual([]);
  });

  it('has no problem if nothing was changed', () => {
    expect(chainProblems(events)).toStrictEqual([]);
  });

  it('is specific to its stream', () => {
    const elsewhere = seal('ticket-2', NO_STREAM, [events[0] ?? anEvent()]);
    expect(elsewhere[0]?.hash).not.toBe(events[0]?.hash);
  });

  const anyIndex = fc.nat(events.length - 1);
  const expectRevealed = (altered: readonly RecordedEvent[]): void => {
    expect(chainProblems(altered)).not.toStrictEqual([]);
  };

  it('reveals a dropped event', () => {
    for (let index = 0; index < events.length - 1; index++)
      expectRevealed(events.toSpliced(index, 1));
  });

  it('reveals reordered events', () => {
    fc.assert(
      fc.property(anyIndex, anyIndex, (one, other) => {
        fc.pre(one !== other);
        const altered = [...events];
        altered[one] = present(events[other]);
        altered[other] = present(events[one]);
        expectRevealed(altered);
      }),
    );
  });

  it('reveals a repeated event', () => {
    fc.assert(
      fc.property(anyIndex, anyIndex, (of, at) => {
        expectRevealed(events.toSpliced(at, 0, present(events[of])));
      }),
    );
  });

  it('reveals a changed event even if its own hash was recomputed', () => {
    for (let index = 0; index < events.length - 1; index++) {
      const { hash: _, ...event } = present(events[index]);
      const forged = { ...event, hash: '', data: { forged: true } as unknown as StoredData };
      expectRevealed(events.with(index, { ...forged, hash: hashOf(recordOf(forged)) }));
    }
  });

  it.each(['id', 'type', 'at', 'stream', 'previousHash', 'hash'] as const)(
    'reveals a change of the %s of an event',
    (field) => {
      for (const [index, event] of events.entries()) {
        expectRevealed(events.with(index, { ...event, [field]: `${event[field]}0` }));
      }
    },
  );

  it('reveals a change of the metadata, version or revision of an event', () => {
    for (const [index, event] of events.entries()) {
      expectRevealed(events.with(index, { ...event, metadata: {} }));
      expectRevealed(events.with(index, { ...event, schemaVersion: 2 }));
      expectRevealed(events.with(index, { ...event, revision: event.revision + 1 }));
    }
  });
});
