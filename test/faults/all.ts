import type { Fault } from './fault.js';
import { hostile } from './hostile.js';
import { killService } from './kill-service.js';
import { race } from './race.js';
import { retry } from './retry.js';

/** Every fault there is. A new one is added here, and is a file of its own. */
export const faults: readonly Fault[] = [killService, retry, race, hostile];
