/** For a run of tests on a log in EventStoreDB beside the run on the embedded stores. */
process.env['TEST_STORES'] = 'eventstoredb';
