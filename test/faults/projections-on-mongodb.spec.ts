import { describe, expect, it } from '@jest/globals';
import { MongodbServer } from '#test/support/mongodb-server.js';
import { expectToHold } from './fault.js';
import { killActiveProjectorOn } from './kill-active-projector.js';

const PATIENCE = 180_000;

describe('the active one of several projectors on MongoDB', () => {
  it(
    'is replaced when it dies or falls asleep, and writes nothing when it wakes up',
    async () => {
      const server = await MongodbServer.start('replica set');
      try {
        const fault = killActiveProjectorOn(() => server.url('takeovers'));
        expect(await expectToHold(fault, 1)).toMatchObject({ trials: 1 });
      } finally {
        await server.remove();
      }
    },
    PATIENCE,
  );
});
