import { describe, expect, it } from '@jest/globals';
import { MongodbServer } from '#test/support/mongodb-server.js';
import { expectToHold } from './fault.js';
import { killActiveProjectorOn } from './kill-active-projector.js';

const TIMEOUT_MS = 180_000;

describe('the active one of several projectors on MongoDB', () => {
  it(
    'is replaced when it is killed or stopped, and writes nothing when it resumes',
    async () => {
      const server = await MongodbServer.start('replica set');
      try {
        const fault = killActiveProjectorOn(() => server.url('takeovers'));
        expect(await expectToHold(fault, 1)).toMatchObject({ trials: 1 });
      } finally {
        await server.remove();
      }
    },
    TIMEOUT_MS,
  );
});
