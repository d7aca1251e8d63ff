import { existsSync } from 'node:fs';

/** The suites that talk to a server which speaks MongoDB's protocol. */
const MONGODB_SUITES = ['/read-models/mongodb/', '/test/api/mongodb'];

const { CI, MONGODB_TEST_SERVER = '.cache/mongodb-server/run' } = process.env;
const hasServer = existsSync(MONGODB_TEST_SERVER);
if (!hasServer && CI) {
  throw new Error(
    'There is no MongoDB server for the tests: npm run test:mongodb-server gets one.',
  );
}
if (!hasServer) {
  process.stderr.write(
    `\n  THE TESTS OF THE READ MODELS IN MONGODB ARE LEFT OUT: there is no server for them.\n  npm run test:mongodb-server gets one (it needs Python 3), and the next npm test runs them.\n\n`,
  );
}

/** Tests run on what is shipped: the compiled output, which `npm test` builds first. */
export default {
  roots: ['<rootDir>/dist'],
  testMatch: ['**/*.spec.js'],
  testPathIgnorePatterns: hasServer ? [] : MONGODB_SUITES,
  transform: {},
  // A test that starts servers needs its time on two cores.
  testTimeout: 60_000,
};
