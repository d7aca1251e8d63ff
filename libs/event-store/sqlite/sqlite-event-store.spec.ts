import { describe } from '@jest/globals';
import { describeEventStore } from '../event-store.contract.js';
import { temporaryFolders } from '../testing/temporary-folder.js';
import { SqliteEventStore } from './sqlite-event-store.js';

describe('on SQLite', () => {
  const newFolder = temporaryFolders();
  describeEventStore('with one commit for many appends', () =>
    SqliteEventStore.open({ folder: newFolder() }),
  );
  describeEventStore('with one commit for every append', () =>
    SqliteEventStore.open({ folder: newFolder(), largestGroup: 1 }),
  );
});
