import { describe, expect, it } from '@jest/globals';
import { expectToHold } from './fault.js';
import { race } from './race.js';

const RACES = 40;

describe('many writers on one ticket', () => {
  it('have one winner for each revision, and are told what the history tells', async () => {
    expect(await expectToHold(race, RACES)).toMatchObject({ trials: RACES });
  });
});
