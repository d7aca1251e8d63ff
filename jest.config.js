import { existsSync } from 'node:fs';

/**
 * Tests that start a MongoDB server of their own, and those that take another one as well. What
 * cannot run is left out on a developer's machine, and says so; in CI nothing is left out.
 */
const server = process.env.MONGODB_TEST_SERVER ?? '.cache/mongodb-server/run';
const leftOut = existsSync(server) ? [] : ['/read-models/mongodb/', '/test/api/mongodb\\.spec'];
if (leftOut.length > 0) {
  const missing = `There is no MongoDB server for the tests (${server}). Get one: npm run test:mongodb-server`;
  if (process.env.CI === 'true') throw new Error(missing);
  process.stderr.write(`\n${missing}\nWithout it these are LEFT OUT: ${leftOut.join(', ')}\n\n`);
}

/** Tests run on what is shipped: the compiled output, which `npm test` builds first. */
export default {
  roots: ['<rootDir>/dist'],
  testMatch: ['**/*.spec.js'],
  testPathIgnorePatterns: ['/node_modules/', ...leftOut],
  transform: {},
  // A test that starts servers needs its time on two cores.
  testTimeout: 60_000,
};
