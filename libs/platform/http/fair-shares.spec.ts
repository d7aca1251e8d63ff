import { describe, expect, it } from '@jest/globals';
import type { Party } from './callers.js';
import { FairShares, NO_ROOM } from './fair-shares.js';

const allowance = {
  requestsPerMinute: 3,
  bytesPerMinute: 100,
  wordsPerMinute: 60,
  requestsAtOnce: 2,
  streams: 1,
};
const party = (key: string, more: Partial<typeof allowance> = {}): Party => ({
  kind: 'customer',
  key,
  allowance: { ...allowance, ...more },
});
const [alice, mallory] = [party('alice'), party('mallory')];
const acme = party('acme', { requestsPerMinute: 4, requestsAtOnce: 3 });

describe('fair shares', () => {
  it('refuse requests beyond those of a minute, until it ends', () => {
    let now = 5_000;
    const shares = new FairShares(1_000, () => now);
    for (let request = 0; request < 3; request++) expect(shares.spend([alice], 1, 0)).toBeNull();
    now += 20_500;
    expect(shares.spend([alice], 1, 0)).toEqual({
      party: alice,
      of: 'requests',
      most: 3,
      retryAfter: 40,
    });
    expect(shares.spend([mallory], 1, 0)).toBeNull();
    now += 39_500;
    expect(shares.spend([alice], 1, 0)).toBeNull();
  });

  it('refuse bytes beyond those of a minute', () => {
    const shares = new FairShares(1_000);
    expect(shares.spend([alice], 1, 60)).toBeNull();
    expect(shares.spend([alice], 1, 41)).toMatchObject({ of: 'bytes', most: 100 });
    expect(shares.spend([alice], 1, 40)).toBeNull();
    // Requests without a body still may come.
    expect(shares.spend([alice], 1, 0)).toBeNull();
  });

  it('refuse words beyond those of a minute, and admit more as time passes', () => {
    let now = 0;
    const shares = new FairShares(1_000, () => now);
    expect(shares.spendWords([alice, acme], 50)).toBeNull();
    const refused = shares.spendWords([alice, acme], 40);
    expect(refused).toEqual({ party: alice, of: 'words', most: 60, retryAfter: 30 });
    expect(shares.spendWords([mallory, acme], 11)).toMatchObject({ party: acme, of: 'words' });
    expect(shares.spendWords([mallory], 60)).toBeNull();
    now = 30_000;
    expect(shares.spendWords([alice, acme], 40)).toBeNull();
    expect(shares.spendWords([alice, acme], 1)).toMatchObject({ retryAfter: 1 });
  });

  it('count for all parties or for none', () => {
    const shares = new FairShares(1_000);
    for (let request = 0; request < 3; request++) shares.spend([alice, acme], 1, 0);
    expect(shares.spend([alice, acme], 1, 0)).toMatchObject({ party: alice });
    expect(shares.minuteOf(acme).requests).toBe(3);
    expect(shares.spend([mallory, acme], 1, 0)).toBeNull();
    expect(shares.spend([mallory, acme], 1, 0)).toMatchObject({ party: acme, of: 'requests' });
  });

  it('refuse requests beyond those at once, and forget parties with nothing under way', () => {
    const shares = new FairShares(1_000);
    shares.begin([alice, acme], 0);
    shares.begin([alice, acme], 0);
    expect(shares.begin([alice, acme], 0)).toMatchObject({ party: alice, of: 'requests at once' });
    shares.release([alice, acme], 0);
    expect(shares.begin([alice, acme], 0)).toBeNull();
    expect(shares.busyParties).toBe(2);
    shares.release([alice, acme], 0);
    shares.release([alice, acme], 0);
    expect(shares.busyParties).toBe(0);
  });

  it('let one party hold a quarter of the memory for bodies, and all of them the whole', () => {
    const shares = new FairShares(1_000);
    const others = ['b', 'c', 'd'].map((key) => party(key));
    expect(shares.begin([alice], 250)).toBeNull();
    expect(shares.begin([alice], 1)).toMatchObject({ of: 'bodies', most: 250 });
    for (const other of others) expect(shares.begin([other], 250)).toBeNull();
    expect(shares.begin([mallory], 1)).toBe(NO_ROOM);
    expect(shares.begin([mallory], 0)).toBeNull();
    shares.release([alice], 250);
    expect(shares.begin([mallory], 1)).toBeNull();
  });

  it('limit open streams', () => {
    const shares = new FairShares(1_000);
    expect(shares.openStream([alice])).toBeNull();
    expect(shares.openStream([alice])).toMatchObject({ of: 'streams', most: 1 });
    expect(shares.openStream([mallory])).toBeNull();
    shares.closeStream([alice]);
    expect(shares.openStream([alice])).toBeNull();
  });

  it('remember a bounded number of parties', () => {
    const shares = new FairShares(1_000);
    for (let caller = 0; caller < 20_010; caller++) shares.spend([party(`${caller}`)], 1, 0);
    expect(shares.minuteOf(party('0')).requests).toBe(0);
    expect(shares.minuteOf(party('20009')).requests).toBe(1);
  });
});
