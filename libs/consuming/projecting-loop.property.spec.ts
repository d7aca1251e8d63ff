import { describe } from '@jest/globals';
import { projectsInBatches } from '#view-stores/contract/batches.contract.js';
import { SqliteViewStore } from '#view-stores/sqlite/sqlite-view-store.js';

describe('projecting to SQLite', () => {
  projectsInBatches(() => Promise.resolve(new SqliteViewStore(':memory:')), 40);
});
