import { parentPort, workerData } from 'node:worker_threads';
import type { Configuration } from '#platform/configuration.js';
import { createLogger } from '#platform/logging.js';
import { openEventReader, openReadModels, type StoreSettings } from '#platform/stores.js';
import { Projector } from './projector.js';

/** What the projector is given to begin with. */
export type ProjectorSettings = StoreSettings & Pick<Configuration, 'logLevel'>;

/** What the projector tells the thread that started it. */
export interface FromProjector {
  readonly projection: string;
  readonly failure: string | null;
}

/**
 * The projector in a thread of its own, for one process that does everything: projecting takes
 * none of the time in which commands are decided.
 */
const configuration = workerData as ProjectorSettings;
const port = parentPort;
if (port === null) throw new Error('projector-thread.js runs as a worker thread only.');

const log = openEventReader(configuration);
const store = await openReadModels(configuration);
const report = (projection: string, failure: string | null) => {
  port.postMessage({ projection, failure } satisfies FromProjector);
};
const projector = new Projector(log, store, createLogger(configuration.logLevel), report);

port.once('message', () => {
  void projector
    .stop()
    .then(() => Promise.all([log.close(), store.close()]))
    .then(() => {
      port.close();
    });
});
