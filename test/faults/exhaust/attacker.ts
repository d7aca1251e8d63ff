import { parentPort, workerData } from 'node:worker_threads';
import { Random } from '../random.js';
import type { Means } from './attack.js';
import { attacks, type AttackName } from './attacks.js';

/** What an attacker's thread is given. */
export interface AttackOrder extends Means {
  readonly name: AttackName;
  readonly seed: number;
  readonly milliseconds: number;
}

const { name, seed, milliseconds, ...means } = workerData as AttackOrder;
await attacks[name](means, new Random(seed), AbortSignal.timeout(milliseconds));
parentPort?.postMessage('over');
process.exit();
