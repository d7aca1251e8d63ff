import { describe, expect, it } from '@jest/globals';
import { expectToHold, trialsOf } from './fault.js';
import { store } from './store.js';

const TRIALS = trialsOf(6);

describe('an event store that fails', () => {
  it('delays a command or answers 503; no event is lost or written twice', async () => {
    expect(await expectToHold(store, TRIALS)).toMatchObject({ trials: TRIALS });
  });
});
