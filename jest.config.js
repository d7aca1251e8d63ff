/** Tests run on what is shipped: the compiled output, which `npm test` builds first. */
export default {
  roots: ['<rootDir>/dist'],
  testMatch: ['**/*.spec.js'],
  transform: {},
  // A test that starts servers needs its time on two cores.
  testTimeout: 60_000,
};
