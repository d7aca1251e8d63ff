import { describe, expect, it } from '@jest/globals';
import { expectToHold, trialsOf } from './fault.js';
import { killService } from './kill-service.js';

const TRIALS = trialsOf(2);

describe('a service that is killed under load', () => {
  it('loses no acknowledged command, and executes none partly or twice', async () => {
    expect(await expectToHold(killService, TRIALS)).toMatchObject({ trials: TRIALS, rounds: 1 });
  });
});
