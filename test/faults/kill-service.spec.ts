import { describe, expect, it } from '@jest/globals';
import { expectToHold } from './fault.js';
import { killService } from './kill-service.js';

const TRIALS = 4;

describe('a service that is killed under load', () => {
  it('loses nothing that it acknowledged, and does nothing by halves or twice', async () => {
    expect(await expectToHold(killService, TRIALS)).toMatchObject({ trials: TRIALS, rounds: 1 });
  });
});
