import { describe, expect, it } from '@jest/globals';
import { expectToHold, trialsOf } from './fault.js';
import { restore } from './restore.js';

const TRIALS = trialsOf(1);

describe('a log that is replaced under its read models', () => {
  it('is noticed, reported and never mixed with them, and a rebuild mends it', async () => {
    expect(await expectToHold(restore, TRIALS)).toMatchObject({ trials: TRIALS });
  });
});
