import { expect, it } from '@jest/globals';
import { onMongodb } from './health/on-mongodb.js';

it('the loss of MongoDB is reported by health, metric and log, and restored by itself', async () => {
  const tried: string[] = [];
  const tries = onMongodb.run(onMongodb.names.length, () => {
    tried.push('tried');
  });
  expect(await tries).toStrictEqual([]);
  expect(tried).toHaveLength(onMongodb.names.length);
});
