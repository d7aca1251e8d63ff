import { describe, expect, it } from '@jest/globals';
import { StoreUnavailable } from '#event-store/event-store.js';
import { logAndConsumers, policyHealth } from './part-health.js';

describe('a log that goes away while the lag of consumers is measured', () => {
  const gone = () => Promise.reject(new StoreUnavailable('The store does not answer.'));

  it('is unavailable, and the check does not fail', async () => {
    expect(await logAndConsumers({ ofProjections: gone })).toEqual({
      log: { state: 'unavailable', detail: 'The store does not answer.' },
    });
  });

  it('says nothing of the policies', async () => {
    expect(await policyHealth({ ofPolicies: gone })).toEqual({});
  });
});
