#!/bin/sh
# Runs the whole black-box suite on each combination of stores: what `npm test` does on the embedded
# ones. All are run, whatever fails. Arguments go to Jest.
set -eu
npm run --silent build
status=0
for stores in '' eventstoredb eventstoredb+mongodb; do
  echo "On ${stores:-the embedded stores}:"
  TEST_STORES=$stores node --experimental-vm-modules --no-warnings node_modules/jest/bin/jest.js \
    test/api --selectProjects "${stores:-embedded}" "$@" || status=1
done
exit $status
