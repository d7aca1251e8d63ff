import { describe, expect, it } from '@jest/globals';
import { expectToHold, trialsOf } from './fault.js';
import { retry } from './retry.js';

const COMMANDS = trialsOf(60);

describe('a command whose connection is cut', () => {
  it('has one effect and one answer, after any number of retries', async () => {
    expect(await expectToHold(retry, COMMANDS)).toMatchObject({ trials: COMMANDS });
  });
});
