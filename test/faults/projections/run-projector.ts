/** Runs the projector on a folder until it is killed. */
import { pino } from 'pino';
import { Projector } from '#apps/worker/projector.js';
import { LeaseKeeper } from '#consuming/lease-keeper.js';
import { openEventReader, openViewStore } from '#platform/stores.js';

const settings = { dataFolder: process.argv[2] ?? '', eventStoreUrl: null, mongodbUrl: null };
const logger = pino({ level: 'error' }, pino.destination({ dest: 2, sync: true }));
const log = await openEventReader(settings);
const store = await openViewStore(settings);
const keeper = new LeaseKeeper(store.leases, { alone: true });
new Projector({ log, store, keeper, logger });
process.stdout.write(`${JSON.stringify({ running: true })}\n`);
// Only a kill ends it, as it ends a process that nobody asks.
setInterval(() => undefined, 60_000);
