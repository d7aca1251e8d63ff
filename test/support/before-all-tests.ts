import { startMongodbContainer } from './mongodb-container.js';

/**
 * Runs before any test: if MONGODB_URL is not set and Docker is available, starts a real MongoDB once
 * for all suites, and sets MONGODB_URL.
 */
export default async function beforeAllTests(): Promise<void> {
  if ((process.env['MONGODB_URL'] ?? '') !== '') return;
  const container = await startMongodbContainer();
  if (container === null) return;
  process.env['MONGODB_URL'] = container.url;
  stopAfterAllTests = container.stop;
}

let stopAfterAllTests: () => Promise<void> = () => Promise.resolve();

/** Each group of tests calls it: what was started is stopped once. */
export async function afterAllTests(): Promise<void> {
  const stop = stopAfterAllTests;
  stopAfterAllTests = () => Promise.resolve();
  await stop();
}
