import { describe, expect, it } from '@jest/globals';
import { referenceOf } from './reference.js';
import { engineerStream, serviceStream, ticketStream } from './streams.js';

const id = (last12: string, version = '7'): string => `019ab3c4-5d6e-${version}f80-9123-${last12}`;

describe('the reference of a ticket', () => {
  it.each([
    ['019ab3c4-5d6e-7f80-9120-000000000000', 'ST-00000-00000'],
    ['019ab3c4-5d6e-7f80-9120-000000000001', 'ST-00000-00001'],
    ['019ab3c4-5d6e-7f80-9120-00000000001f', 'ST-00000-0000Z'],
    ['019ab3c4-5d6e-7f80-9120-000000000020', 'ST-00000-00010'],
    ['019ab3c4-5d6e-7f80-9120-000002000000', 'ST-00001-00000'],
    ['019ab3c4-5d6e-7f80-9123-ffffffffffff', 'ST-ZZZZZ-ZZZZZ'],
    ['019ab3c4-5d6e-7f80-9123-456789abcdef', 'ST-T5CY4-TQKFF'],
  ])('of %s is %s', (ticketId, reference) => {
    expect(referenceOf(ticketId)).toBe(reference);
  });

  it('consists of the last 50 bits, which are random, without the time and the version', () => {
    expect(referenceOf('019ab3c4-5d6e-7f80-9123-456789abcdef')).toBe(
      referenceOf('ffffffff-ffff-8fff-bfff-456789abcdef'),
    );
    // The last thirteen digits have 52 bits: only the lower two bits of the first one count.
    expect(referenceOf('019ab3c4-5d6e-7f80-9127-456789abcdef')).toBe(
      referenceOf('019ab3c4-5d6e-7f80-9123-456789abcdef'),
    );
    expect(referenceOf('019ab3c4-5d6e-7f80-9122-456789abcdef')).not.toBe(
      referenceOf('019ab3c4-5d6e-7f80-9123-456789abcdef'),
    );
  });

  it('ignores the case of the id', () => {
    expect(referenceOf(id('456789abcdef').toUpperCase())).toBe(referenceOf(id('456789abcdef')));
  });

  it('is different for ids that differ in the last twelve digits', () => {
    const ids = Array.from({ length: 2_000 }, (_, n) =>
      id((n * 140_737_488_355).toString(16).padStart(12, '0')),
    );
    expect(new Set(ids.map(referenceOf)).size).toBe(ids.length);
    for (const reference of ids.map(referenceOf)) {
      expect(reference).toMatch(/^ST-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
    }
  });
});

describe('stream names', () => {
  it('have the kind and the id', () => {
    expect(ticketStream('1')).toBe('ticket-1');
    expect(serviceStream('vpn')).toBe('service-vpn');
    expect(engineerStream('bob')).toBe('engineer-bob');
  });
});
