import { exhaust } from './exhaust.js';
import type { Fault } from './fault.js';
import { health } from './health.js';
import { damage } from './damage.js';
import { hostile } from './hostile.js';
import { killActiveProjector } from './kill-active-projector.js';
import { killProjector } from './kill-projector.js';
import { killService } from './kill-service.js';
import { poison } from './poison.js';
import { race } from './race.js';
import { restore } from './restore.js';
import { retry } from './retry.js';
import { store } from './store.js';

/** Every fault. Each is a separate file; add new ones here. */
export const faults: readonly Fault[] = [
  killService,
  killProjector,
  killActiveProjector,
  poison,
  restore,
  health,
  damage,
  retry,
  race,
  store,
  hostile,
  exhaust,
];
