import { describe, expect, it } from '@jest/globals';
import { attacks } from './exhaust/attacks.js';
import { exhaustWithin } from './exhaust.js';
import { expectToHold, trialsOf } from './fault.js';

const TRIALS = trialsOf(1);
const ATTACKS = trialsOf(5, Object.keys(attacks).length);

/**
 * Other suites share the processors, so that times prove little here; `npm run faults` has the
 * targets. Memory hardly depends on them.
 */
const shortRun = exhaustWithin({
  latencyMs: 20_000,
  visibleMs: 20_000,
  memoryMebibytes: 400,
  attackMs: 300,
  attacks: ATTACKS,
});

describe('one caller against all', () => {
  it('takes neither memory nor time from the others', async () => {
    expect(await expectToHold(shortRun, TRIALS)).toMatchObject({ trials: TRIALS });
  });
});
