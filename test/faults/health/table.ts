import type { FaultGroup } from './watched.js';
import { onEmbeddedStores } from './on-embedded-stores.js';
import { onProcesses } from './on-processes.js';
import { onServers } from './on-servers.js';

/** The faults and how each of them must be reported, in this order. */
export const faultTable: readonly FaultGroup[] = [onEmbeddedStores, onServers, onProcesses];
