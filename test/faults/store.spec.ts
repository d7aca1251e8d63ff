import { describe, expect, it } from '@jest/globals';
import { expectToHold } from './fault.js';
import { store } from './store.js';

const TRIALS = 12;

describe('an event store that fails', () => {
  it('is waited for or told as 503; nothing is lost, and nothing is there twice', async () => {
    expect(await expectToHold(store, TRIALS)).toMatchObject({ trials: TRIALS });
  }, 180_000);
});
