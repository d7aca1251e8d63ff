import type { Target } from '../suite/protocol-suite.js';

/** The server that `main.ts` found: it is stopped there. */
export function target(): Promise<Target> {
  const url = process.env.EVENTSTORE_TEST_URL;
  if (url === undefined) throw new Error('Run these by `npm run test:kurrentdb`.');
  return Promise.resolve({ url, stop: () => Promise.resolve() });
}
