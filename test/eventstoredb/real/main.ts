import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { realServer } from './server.js';

/**
 * `npm run test:kurrentdb`: the protocol suite, with both clients, against a real server. Ends with
 * 0 if it passes, with 1 if it fails, and with 2 if no server is available; with
 * `--if-possible` that is not a failure.
 */
const NO_SERVER = `
THERE IS NO REAL EVENTSTOREDB TO TEST AGAINST: nothing was tested.
EVENTSTORE_TEST_URL is not set, and no Docker engine answers. Do one of these:
  - start Docker: a KurrentDB is then started in a container, and removed afterwards;
  - EVENTSTORE_TEST_URL='esdb://127.0.0.1:2113?tls=false' npm run test:kurrentdb
    for a server that runs already, and that tests may write to.
`;

const server = await realServer(process.env);
if (server === null) {
  process.stderr.write(NO_SERVER);
  process.exitCode = process.argv.includes('--if-possible') ? 0 : 2;
} else {
  try {
    process.exitCode = await jest(server.url);
  } finally {
    await server.stop();
  }
}

/** Runs only the tests that need a real server. */
async function jest(url: string): Promise<number> {
  const given = ['--testMatch', '**/test/eventstoredb/real/*.test.js', '--runInBand'];
  const run = spawn(
    process.execPath,
    ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', ...given],
    { stdio: 'inherit', env: { ...process.env, EVENTSTORE_TEST_URL: url } },
  );
  const [code] = (await once(run, 'exit')) as [number | null];
  return code ?? 1;
}
