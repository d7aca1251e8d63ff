import type { Target } from '../suite/protocol-suite.js';

/** The server that `main.ts` found, and stops. */
export function target(): Promise<Target> {
  const url = process.env.EVENTSTORE_TEST_URL;
  if (url === undefined) throw new Error('Run these tests with `npm run test:kurrentdb`.');
  return Promise.resolve({ url, stop: () => Promise.resolve() });
}
