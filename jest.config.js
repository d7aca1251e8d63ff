import { existsSync } from 'node:fs';

/**
 * Tests that need a MongoDB server of their own. What cannot run is left out on a developer's
 * machine, and says so; in CI nothing is left out, and they fail.
 */
const MONGODB_SUITES = ['/view-stores/mongodb/', '/test/api/mongodb\\.spec', '-on-mongodb\\.spec'];

const { CI, MONGODB_TEST_SERVER: server = '.cache/mongodb-server/run' } = process.env;
const missing = !existsSync(server);
const leftOut = missing && CI !== 'true' ? MONGODB_SUITES : [];
if (missing) {
  process.stderr.write(
    `\nTHERE IS NO MONGODB SERVER FOR THE TESTS (${server}). Get one: npm run test:mongodb-server\n` +
      `Without it these ${CI === 'true' ? 'fail' : 'are LEFT OUT'}: ${MONGODB_SUITES.join(', ')}\n\n`,
  );
}

/** Black-box tests that are of the embedded stores, or of one store, whatever TEST_STORES says. */
const OF_THEIR_OWN_STORES = ['/test/api/(running|mongodb|eventstoredb)\\.spec'];

/** Of the black-box tests, those that `npm test` runs on a log in EventStoreDB, too. */
const ON_EVENTSTOREDB = [
  'batch',
  'events',
  'idempotency',
  'if-match',
  'late-owners',
  'projections',
];

/** Tests run on what is shipped: the compiled output, which `npm test` builds first. */
const common = {
  roots: ['<rootDir>/dist'],
  // A real MongoDB where Docker is there; see docs/adr/0007-the-mongodb-of-the-tests.md.
  globalSetup: '<rootDir>/dist/test/support/before-all-tests.js',
  globalTeardown: '<rootDir>/dist/test/support/after-all-tests.js',
  testMatch: ['**/*.spec.js'],
  transform: {},
};

const { TEST_STORES: stores = '' } = process.env;
const chosen = {
  ...common,
  displayName: stores === '' ? 'embedded' : stores,
  testPathIgnorePatterns: [
    '/node_modules/',
    ...leftOut,
    ...(stores === '' ? [] : OF_THEIR_OWN_STORES),
  ],
};
const onEventStoreDb = {
  ...common,
  displayName: 'eventstoredb',
  testMatch: ON_EVENTSTOREDB.map((name) => `**/test/api/${name}.spec.js`),
  setupFiles: ['<rootDir>/dist/test/support/on-eventstoredb.js'],
};

export default {
  projects: stores === '' ? [chosen, onEventStoreDb] : [chosen],
  // A test that starts servers needs its time on two cores; the MongoDB server of the tests is slow.
  testTimeout: stores.includes('mongodb') ? 240_000 : 60_000,
};
