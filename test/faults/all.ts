import type { Fault } from './fault.js';
import { hostile } from './hostile.js';
import { killActiveProjector } from './kill-active-projector.js';
import { killProjector } from './kill-projector.js';
import { killService } from './kill-service.js';
import { poison } from './poison.js';
import { race } from './race.js';
import { retry } from './retry.js';
import { store } from './store.js';

/** Every fault there is. A new one is added here, and is a file of its own. */
export const faults: readonly Fault[] = [
  killService,
  killProjector,
  killActiveProjector,
  poison,
  retry,
  race,
  store,
  hostile,
];
