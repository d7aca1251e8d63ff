import { parentPort, workerData } from 'node:worker_threads';
import { createLogger } from '#platform/logging.js';
import { openEventReader, openPolicyStore, openViewStore } from '#platform/stores.js';
import { documentsObserver } from '#platform/process/documents-observer.js';
import { projectionConsumers } from '#platform/process/projection-consumers.js';
import { projectionTraces } from '#platform/telemetry/projection-traces.js';
import { startTracing } from '#platform/telemetry/tracing.js';
import { ConsumerRuntime } from '#consuming/consumer-runtime.js';
import { LogReader } from '#consuming/log-reader.js';
import { dispatchPolicy, type Dispatch } from '#policies/dispatch-policy.js';
import type { FromConsumers, ThreadSettings, ToConsumers } from './thread-messages.js';

const REPORT_INTERVAL_MS = 1_000;

/**
 * The consumers of a standalone process, in a separate thread, so that following the log takes no
 * time from deciding commands. They share one reader, so that each page is read and decoded once.
 */
const configuration = workerData as ThreadSettings;
const port = parentPort;
if (port === null) throw new Error('consumers-thread.js runs as a worker thread only.');
const send = (message: FromConsumers) => {
  port.postMessage(message);
};

let projected: Record<string, number> = {};
const reporting = setInterval(() => {
  if (Object.keys(projected).length > 0) send({ projected });
  projected = {};
}, REPORT_INTERVAL_MS);

/** Settles each request for a command by its number. */
const requested = new Map<number, (error: Error | null) => void>();
let requests = 0;
const dispatch: Dispatch = (ticketId, cause) =>
  new Promise((resolve, reject) => {
    const number = ++requests;
    requested.set(number, (error) => {
      requested.delete(number);
      if (error === null) resolve();
      else reject(error);
    });
    send({ dispatch: { number, ticketId, cause } });
  });

const log = await openEventReader(configuration);
const logger = createLogger(configuration.logLevel);
const observer = documentsObserver(logger);
const views = await openViewStore(configuration, observer);
const policies = await openPolicyStore(configuration, observer);
const tracing = await startTracing(process.env, 'service-tickets', logger);
const reader = LogReader.of(log);
const runtimes = [
  // The process locks the data folder, so it need not wait for a lease.
  new ConsumerRuntime(
    { reader, logger, isAlone: true },
    projectionConsumers(views, configuration.logCheck),
    {
      consumed: ({ consumer, events }) => {
        projected[consumer] = (projected[consumer] ?? 0) + events;
      },
      ...(tracing === null ? {} : projectionTraces(tracing.tracer)),
    },
  ),
  // If the log is on a server, other processes may run the policies, too.
  new ConsumerRuntime({ reader, logger, isAlone: configuration.eventStoreUrl === null }, [
    dispatchPolicy(policies, dispatch),
  ]),
];

async function stop(): Promise<void> {
  clearInterval(reporting);
  await Promise.all(runtimes.map((runtime) => runtime.stop()));
  await Promise.all([log.close(), views.close(), policies.close(), tracing?.stop()]);
}

port.on('message', (message: ToConsumers) => {
  // A running export without an answer would delay the end of the thread.
  if (message === 'stop') void stop().then(() => process.exit(0));
  else requested.get(message.dispatched)?.(message.error);
});
