import { describe, expect, it } from '@jest/globals';
import { MongodbServer } from '#test/support/mongodb-server.js';
import { expectToHold } from './fault.js';
import { killActiveProjectorWithin, SUITE_TAKEOVER_MS } from './kill-active-projector.js';

describe('the active one of several projectors on MongoDB', () => {
  it('is replaced when it is killed or stopped, and writes nothing when it resumes', async () => {
    const server = await MongodbServer.start('replica set');
    try {
      const fault = killActiveProjectorWithin(SUITE_TAKEOVER_MS, () =>
        server.patientUrl('takeovers'),
      );
      expect(await expectToHold(fault, 1)).toMatchObject({ trials: 1 });
    } finally {
      await server.remove();
    }
  });
});
