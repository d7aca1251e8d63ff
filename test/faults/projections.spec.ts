import { describe, expect, it } from '@jest/globals';
import { expectToHold } from './fault.js';
import { killProjector } from './kill-projector.js';
import { poison } from './poison.js';

const KILLS = 4;
const POISONED = 10;

describe('a projector that is killed in mid-batch', () => {
  it('makes of the log what a fold of the log is', async () => {
    expect(await expectToHold(killProjector, KILLS)).toMatchObject({ trials: KILLS });
  });
});

describe('events that make a projection throw', () => {
  it('hold up no stream but their own, and are made up for', async () => {
    expect(await expectToHold(poison, POISONED)).toMatchObject({ trials: POISONED });
  });
});
