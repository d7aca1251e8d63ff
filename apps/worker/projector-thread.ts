import { parentPort, workerData } from 'node:worker_threads';
import type { Configuration } from '#platform/configuration.js';
import { createLogger } from '#platform/logging.js';
import { openEventReader, openViewStore, type StoreSettings } from '#platform/stores.js';
import { LeaseKeeper } from '#consuming/lease-keeper.js';
import { projectionTraces } from '#platform/telemetry/projection-traces.js';
import { startTracing } from '#platform/telemetry/tracing.js';
import { Projector } from './projector.js';

/** How many events each projection has projected since the last message. */
export type FromProjector = Readonly<Record<string, number>>;

const TELL_MILLISECONDS = 1_000;

/** What the projector is given to begin with. */
export type ProjectorSettings = StoreSettings & Pick<Configuration, 'logLevel'>;

/**
 * The projector in a thread of its own, for one process that does everything: projecting takes
 * none of the time in which commands are decided.
 */
const configuration = workerData as ProjectorSettings;
const port = parentPort;
if (port === null) throw new Error('projector-thread.js runs as a worker thread only.');

let counts: Record<string, number> = {};
const projected = (projection: string, events: number) => {
  counts[projection] = (counts[projection] ?? 0) + events;
};
const telling = setInterval(() => {
  if (Object.keys(counts).length > 0) port.postMessage(counts satisfies FromProjector);
  counts = {};
}, TELL_MILLISECONDS);

const log = await openEventReader(configuration);
const store = await openViewStore(configuration);
// Nobody else projects: the process has the data folder to itself.
const keeper = new LeaseKeeper(store.leases, { alone: true });
const logger = createLogger(configuration.logLevel);
const tracing = await startTracing(process.env, 'service-tickets', logger);
const projector = new Projector(
  { log, store, keeper, logger },
  {
    projected,
    ...(tracing === null ? {} : projectionTraces(tracing.tracer)),
  },
);

port.once('message', () => {
  clearInterval(telling);
  void projector
    .stop()
    .then(() => Promise.all([log.close(), store.close(), tracing?.stop()]))
    // An export that is under way, and goes nowhere, would hold the thread up.
    .then(() => process.exit(0));
});
