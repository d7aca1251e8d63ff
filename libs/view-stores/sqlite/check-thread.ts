import { parentPort, workerData } from 'node:worker_threads';
import { damageOf } from './layout.js';

// Checks a file of documents in a thread of its own: it takes up to a second.
parentPort?.postMessage(damageOf(workerData as string)?.message ?? null);
