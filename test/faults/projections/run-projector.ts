/** Runs the projector on a folder until it is killed. */
import { pino } from 'pino';
import { ConsumerRuntime } from '#consuming/consumer-runtime.js';
import { LogReader } from '#consuming/log-reader.js';
import { openEventReader, openViewStore } from '#platform/stores.js';
import { documentsObserver } from '#platform/process/documents-observer.js';
import { projections } from '#projections/all.js';

const settings = { dataFolder: process.argv[2] ?? '', eventStoreUrl: null, mongodbUrl: null };
const logger = pino({ level: 'error' }, pino.destination({ dest: 2, sync: true }));
const log = await openEventReader(settings);
const store = await openViewStore(settings, documentsObserver(logger));
new ConsumerRuntime(
  { reader: new LogReader(log), logger, isAlone: true },
  projections.map((projection) => ({ projection, store })),
);
process.stdout.write(`${JSON.stringify({ running: true })}\n`);
// Only a kill ends it.
setInterval(() => undefined, 60_000);
