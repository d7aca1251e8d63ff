import type { Projection } from './projection.js';

/**
 * Reads every record of the log and makes no documents. The runtime verifies what it reads, so its
 * parked streams are those whose history is damaged.
 */
export const logCheck: Projection<object> = {
  name: 'log-check',
  version: 1,
  perStream: true,
  categories: 'all',
  touches: () => [],
  project: () => null,
  fields: {},
  lists: {},
  indexes: [],
};
