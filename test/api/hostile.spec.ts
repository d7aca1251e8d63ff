import { describe, expect, it } from '@jest/globals';
import { expectToHold } from '#test/faults/fault.js';
import { hostile } from '#test/faults/hostile.js';

const REQUESTS = 2_000;

describe('hostile requests', () => {
  it('are refused as documented, break nothing and reveal nothing', async () => {
    const { trials } = await expectToHold(hostile, REQUESTS);
    expect(trials).toBeGreaterThanOrEqual(REQUESTS);
  });
});
