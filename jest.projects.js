/**
 * The projects of the two test runs. A suite is in `npm test` if it needs nothing but Node and does
 * not take long, and in `npm run test:all` otherwise. test/support/runs.spec.ts checks that no suite
 * is in neither.
 */

/** Suites that start a MongoDB server of their own. */
const ON_MONGODB = [
  '**/libs/view-stores/mongodb/**/*.spec.js',
  '**/test/api/mongodb.spec.js',
  '**/test/faults/*-on-mongodb.spec.js',
];

/** Suites that take as long as many others, for what changes seldom. */
const LONG = [
  '**/libs/event-store/eventstoredb/eventstoredb-event-store.spec.js',
  '**/libs/event-store/eventstoredb/faults.spec.js',
  '**/libs/event-store/eventstoredb/start-checks.spec.js',
  '**/test/api/damaged-history.spec.js',
  '**/test/api/data-folders.spec.js',
  '**/test/api/deleted-streams.spec.js',
  '**/test/api/events-under-strain.spec.js',
  '**/test/api/lost-events.spec.js',
  '**/test/api/lost-events-on-eventstoredb.spec.js',
  '**/test/api/moved-log.spec.js',
  '**/test/api/npm-scripts.spec.js',
  '**/test/api/removed-events.spec.js',
  '**/test/api/restored-log.spec.js',
  '**/test/api/traces.spec.js',
  '**/test/api/traces-away.spec.js',
  '**/test/api/unread-bodies.spec.js',
  '**/test/api/unread-streams.spec.js',
  '**/test/bench/bench.spec.js',
  '**/test/event-loop/*.spec.js',
  '**/test/eventstoredb/clients/*.spec.js',
  '**/test/extension/add-a-command.spec.js',
  '**/test/replay/replay.spec.js',
];

/** Globs for every suite that these globs do not match. */
const except = (...globs) => globs.map((glob) => `!${glob}`);

/** Black-box suites of streams and traces: where the read models are is nothing to them. */
const WITHOUT_READ_MODELS = ['events-under-strain', 'traces-away'];

/** Black-box suites of positions, which EventStoreDB counts in its own way. */
const OF_POSITIONS = [
  'events',
  'events-visibility',
  'if-match',
  'late-owners',
  'later-events',
  'lists',
  'past',
  'projections',
  'queries',
  'traces',
];

/** The black-box suite that `npm test` also runs on EventStoreDB's protocol server. */
const SAMPLE = 'idempotency';

/** Tests run on what is shipped: the compiled output, which the npm scripts build first. */
const project = (displayName, testMatch, more = {}) => ({
  displayName,
  roots: ['<rootDir>/dist'],
  testMatch,
  transform: {},
  ...more,
});

/** Runs a module of test/support in each test process, before the suite. */
const setUpBy = (name) => ({ setupFiles: [`<rootDir>/dist/test/support/${name}.js`] });

/** Starts a real MongoDB where Docker is available: docs/adr/0007-test-mongodb-on-a-protocol-server.md. */
const WITH_MONGODB_CONTAINER = {
  globalSetup: '<rootDir>/dist/test/support/before-all-tests.js',
  globalTeardown: '<rootDir>/dist/test/support/after-all-tests.js',
};

/** Black-box suites that choose their stores themselves. */
const ON_OWN_STORES = [
  'npm-scripts',
  'running',
  'operations',
  'processes',
  'mongodb',
  'data-folders',
  'removed-events',
  'restored-log',
  'moved-log',
  'damaged-history',
  'writer-death',
  'lost-events',
  'deleted-streams',
];

/** The other black-box suites. */
const blackBox = (...without) => [
  '**/test/api/*.spec.js',
  ...except(...[...ON_OWN_STORES, ...without].map((name) => `**/test/api/${name}.spec.js`)),
];

export const nodeProjects = [
  project('embedded', ['**/*.spec.js', ...except(...ON_MONGODB, ...LONG)]),
  project('eventstoredb', [`**/test/api/${SAMPLE}.spec.js`], setUpBy('on-eventstoredb')),
];

export const otherProjects = [
  project('mongodb', ON_MONGODB, WITH_MONGODB_CONTAINER),
  // With embedded read models. The other black-box suites are on EventStoreDB with MongoDB alone.
  project(
    'eventstoredb',
    [...WITHOUT_READ_MODELS, ...OF_POSITIONS].map((name) => `**/test/api/${name}.spec.js`),
    setUpBy('on-eventstoredb'),
  ),
  project('embedded-long', LONG),
  project(
    'eventstoredb+mongodb',
    blackBox(...WITHOUT_READ_MODELS),
    setUpBy('on-eventstoredb-and-mongodb'),
  ),
  project(
    'long-faults',
    ['**/test/faults/*.spec.js', '!**/*-on-mongodb.spec.js'],
    setUpBy('long-faults'),
  ),
];

/** A run of Jest that ends by naming the projects that it does not have. */
export const run = (projects, missing) => ({
  projects,
  // Most suites wait for servers of their own, so that both of two cores are used.
  maxWorkers: '100%',
  // Longer than any test takes: one that waits in vain fails by itself, and says what it waits for.
  testTimeout: 600_000,
  reporters: ['default', ['<rootDir>/dist/test/support/missing-suites-reporter.js', missing]],
});
