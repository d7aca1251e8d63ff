import { describe, expect, it } from '@jest/globals';
import { damage } from './damage.js';
import { expectToHold, trialsOf } from './fault.js';

const TRIALS = trialsOf(4);
const TIMEOUT_MS = 300_000;

describe('damaged records and files', () => {
  it(
    'are refused or rebuilt, and everything else goes on',
    async () => {
      expect(await expectToHold(damage, TRIALS)).toMatchObject({ trials: TRIALS });
    },
    TIMEOUT_MS,
  );
});
