/** Runs a suite on a log in EventStoreDB's protocol server. */
process.env['TEST_STORES'] = 'eventstoredb';
