/** Runs a suite on a log in EventStoreDB's protocol server, with the read models in MongoDB. */
process.env['TEST_STORES'] = 'eventstoredb+mongodb';
