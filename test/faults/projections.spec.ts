import { describe, expect, it } from '@jest/globals';
import { expectToHold, trialsOf } from './fault.js';
import { killActiveProjectorWithin, SUITE_TAKEOVER_MS } from './kill-active-projector.js';
import { killProjector } from './kill-projector.js';
import { poison } from './poison.js';

const KILLS = trialsOf(1, 6);
const POISONED = trialsOf(5, 30);
/** One projector that is stopped and resumes, and one that is killed. */
const TAKEOVERS = trialsOf(2);

describe('a projector that is killed within a batch', () => {
  it('produces the same documents as a fold of the log', async () => {
    expect(await expectToHold(killProjector, KILLS)).toMatchObject({ trials: KILLS });
  });
});

describe('the active one of several projectors', () => {
  it('is replaced when it is killed or stopped, and writes nothing when it resumes', async () => {
    const fault = killActiveProjectorWithin(SUITE_TAKEOVER_MS, () => null);
    const result = await expectToHold(fault, TAKEOVERS);
    expect(result).toMatchObject({ trials: TAKEOVERS });
  });
});

describe('events that make a projection throw', () => {
  it('stop only their own streams, and are projected after a retry', async () => {
    expect(await expectToHold(poison, POISONED)).toMatchObject({ trials: POISONED });
  });
});
