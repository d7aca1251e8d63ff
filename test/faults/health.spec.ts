import { describe, expect, it } from '@jest/globals';
import { expectToHold, trialsOf } from './fault.js';
import { health } from './health.js';

/** The first two of the table; `npm run faults` and `npm run test:all` have all. */
const TRIALS = trialsOf(2, health.target);

describe('a part of a service that is lost', () => {
  it('is reported by health, metric and log, and restored by itself', async () => {
    expect(await expectToHold(health, TRIALS)).toMatchObject({ trials: TRIALS });
  });
});
