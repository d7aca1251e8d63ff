import type { ReadModelStore } from '../store.js';

/** Where read models are kept. Every opening is a store of its own, as in a process of its own. */
export interface Place {
  open(): Promise<ReadModelStore>;
}
