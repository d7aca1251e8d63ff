#!/bin/sh
# Runs what `npm test` does not: the checks and suites that need Python, Go, a MongoDB server or much
# time. Runs all of them even if one fails. Arguments go to Jest.
set -u
cd "$(dirname "$0")/../.."
npm run --silent build || exit 1
npm run --silent test:mongodb-server || exit 1

status=0
npm run --silent check:deployment || status=1
node --experimental-vm-modules --no-warnings node_modules/jest/bin/jest.js \
  --config jest.all.config.js "$@" || status=1
# Needs Docker or EVENTSTORE_TEST_URL, and says so where there is neither.
node dist/test/eventstoredb/real/main.js --if-possible || status=1
exit $status
