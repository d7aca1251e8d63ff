import { describe } from '@jest/globals';
import { projectsInBatches } from './contract/batches.contract.js';
import { SqliteReadModelStore } from './sqlite/sqlite-read-model-store.js';

describe('projecting to SQLite', () => {
  projectsInBatches(() => Promise.resolve(new SqliteReadModelStore(':memory:')), 40);
});
