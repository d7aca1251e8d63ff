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

  it('is made of the last 50 bits, which are random, and not of the time and the version', () => {
    expect(referenceOf('019ab3c4-5d6e-7f80-9123-456789abcdef')).toBe(
      referenceOf('ffffffff-ffff-8fff-bfff-456789abcdef'),
    );
    // 52 bits are in the last thirteen digits: the lower two of the first digit count.
    expect(referenceOf('019ab3c4-5d6e-7f80-9127-456789abcdef')).toBe(
      referenceOf('019ab3c4-5d6e-7f80-9123-456789abcdef'),
    );
    expect(referenceOf('019ab3c4-5d6e-7f80-9122-456789abcdef')).not.toBe(
      referenceOf('019ab3c4-5d6e-7f80-9123-456789abcdef'),
    );
  });

  it('is the same however the id is written', () => {
    expect(referenceOf(id('456789abcdef').toUpperCase())).toBe(referenceOf(id('456789abcdef')));
  });

  it('tells every two ids apart that differ in the last twelve digits', () => {
    const ids = Array.from({ length: 2_000 }, (_, n) =>
      id((n * 140_737_488_355).toString(16).padStart(12, '0')),
    );
    expect(new Set(ids.map(referenceOf)).size).toBe(ids.length);
    for (const reference of ids.map(referenceOf)) {
      expect(reference).toMatch(/^ST-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
    }
  });
});

describe('the names of the streams', () => {
  it('say what is in them, and of what', () => {
    expect(ticketStream('1')).toBe('ticket-1');
    expect(serviceStream('vpn')).toBe('service-vpn');
    expect(engineerStream('bob')).toBe('engineer-bob');
  });
});
