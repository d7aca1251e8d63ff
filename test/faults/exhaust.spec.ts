import { describe, expect, it } from '@jest/globals';
import { exhaustWithin } from './exhaust.js';
import { expectToHold, trialsOf } from './fault.js';

const TRIALS = trialsOf(1);
const TIMEOUT_MS = 300_000;

/** Other suites share the processors, so that times prove little here; `npm run faults` has the targets. */
const shortRun = exhaustWithin({
  latencyMs: 10_000,
  visibleMs: 10_000,
  memoryMebibytes: 600,
  attackMs: 500,
});

describe('one caller against all', () => {
  it(
    'takes neither memory nor time from the others',
    async () => {
      expect(await expectToHold(shortRun, TRIALS)).toMatchObject({ trials: TRIALS });
    },
    TIMEOUT_MS,
  );
});
