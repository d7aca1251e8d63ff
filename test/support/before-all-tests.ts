import { startMongodbContainer } from './mongodb-container.js';

/**
 * Before any test: where nobody gave MONGODB_URL and Docker is there, a real MongoDB is started, once
 * for all suites, which find it under that name.
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
