import { describe, expect, it } from '@jest/globals';
import { expectToHold } from './fault.js';
import { killActiveProjector } from './kill-active-projector.js';
import { killProjector } from './kill-projector.js';
import { poison } from './poison.js';

const KILLS = 4;
const POISONED = 10;
/** One projector that is stopped and wakes up again, and one that is killed. */
const TAKEOVERS = 2;
const PATIENCE = 180_000;

describe('a projector that is killed in mid-batch', () => {
  it('makes of the log what a fold of the log is', async () => {
    expect(await expectToHold(killProjector, KILLS)).toMatchObject({ trials: KILLS });
  });
});

describe('the active one of several projectors', () => {
  it(
    'is replaced when it dies or falls asleep, and writes nothing when it wakes up',
    async () => {
      const result = await expectToHold(killActiveProjector, TAKEOVERS);
      expect(result).toMatchObject({ trials: TAKEOVERS });
    },
    PATIENCE,
  );
});

describe('events that make a projection throw', () => {
  it('hold up no stream but their own, and are made up for', async () => {
    expect(await expectToHold(poison, POISONED)).toMatchObject({ trials: POISONED });
  });
});
