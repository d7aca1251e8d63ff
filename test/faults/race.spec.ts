import { describe, expect, it } from '@jest/globals';
import { expectToHold, trialsOf } from './fault.js';
import { race } from './race.js';

const RACES = trialsOf(40);

describe('many writers on one ticket', () => {
  it('have one winner for each revision, and get answers that match the history', async () => {
    expect(await expectToHold(race, RACES)).toMatchObject({ trials: RACES });
  });
});
