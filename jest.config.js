import { existsSync } from 'node:fs';

/**
 * Tests that need a MongoDB server of their own. What cannot run is left out on a developer's
 * machine, and says so; in CI nothing is left out, and they fail.
 */
const MONGODB_SUITES = ['/read-models/mongodb/', '/test/api/mongodb\\.spec'];

const { CI, MONGODB_TEST_SERVER: server = '.cache/mongodb-server/run' } = process.env;
const missing = !existsSync(server);
const leftOut = missing && CI !== 'true' ? MONGODB_SUITES : [];
if (missing) {
  process.stderr.write(
    `\nTHERE IS NO MONGODB SERVER FOR THE TESTS (${server}). Get one: npm run test:mongodb-server\n` +
      `Without it these ${CI === 'true' ? 'fail' : 'are LEFT OUT'}: ${MONGODB_SUITES.join(', ')}\n\n`,
  );
}

/** Tests run on what is shipped: the compiled output, which `npm test` builds first. */
export default {
  roots: ['<rootDir>/dist'],
  // A real MongoDB where Docker is there; see docs/adr/0007-the-mongodb-of-the-tests.md.
  globalSetup: '<rootDir>/dist/test/support/before-all-tests.js',
  globalTeardown: '<rootDir>/dist/test/support/after-all-tests.js',
  testMatch: ['**/*.spec.js'],
  testPathIgnorePatterns: ['/node_modules/', ...leftOut],
  transform: {},
  // A test that starts servers needs its time on two cores.
  testTimeout: 60_000,
};
