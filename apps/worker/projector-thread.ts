import { parentPort, workerData } from 'node:worker_threads';
import type { Configuration } from '#platform/configuration.js';
import { createLogger } from '#platform/logging.js';
import { openEventReader, openViewStore, type StoreSettings } from '#platform/stores.js';
import { projectionTraces } from '#platform/telemetry/projection-traces.js';
import { startTracing } from '#platform/telemetry/tracing.js';
import { ConsumerRuntime } from '#consuming/consumer-runtime.js';
import { LogReader } from '#consuming/log-reader.js';
import { projections } from '#projections/all.js';

/** How many events each projection has projected since the last message. */
export type FromProjector = Readonly<Record<string, number>>;

const REPORT_INTERVAL_MS = 1_000;

/** The settings that the main thread passes to the projector. */

export type ProjectorSettings = StoreSettings & Pick<Configuration, 'logLevel'>;
/**
 * The projector in a separate thread of a standalone process, so that projecting takes no time from
 * deciding commands.
 */
const configuration = workerData as ProjectorSettings;
const port = parentPort;
if (port === null) throw new Error('projector-thread.js runs as a worker thread only.');

let counts: Record<string, number> = {};
const reporting = setInterval(() => {
  if (Object.keys(counts).length > 0) port.postMessage(counts satisfies FromProjector);
  counts = {};
}, REPORT_INTERVAL_MS);

const log = await openEventReader(configuration);
const store = await openViewStore(configuration);
const logger = createLogger(configuration.logLevel);
const tracing = await startTracing(process.env, 'service-tickets', logger);
// The process locks the data folder, so it need not wait for a lease.
const runtime = new ConsumerRuntime(
  { reader: LogReader.of(log), logger, isAlone: true },
  projections.map((projection) => ({ projection, store })),
  {
    consumed: ({ consumer, events }) => {
      counts[consumer] = (counts[consumer] ?? 0) + events;
    },
    ...(tracing === null ? {} : projectionTraces(tracing.tracer)),
  },
);

port.once('message', () => {
  clearInterval(reporting);
  void runtime
    .stop()
    .then(() => Promise.all([log.close(), store.close(), tracing?.stop()]))
    // A running export without an answer would delay the end of the thread.
    .then(() => process.exit(0));
});
