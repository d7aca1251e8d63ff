import { afterAll } from '@jest/globals';
import { EventStoreDbServer } from '#test/eventstoredb/server/eventstoredb-server.js';
import { describeEventStore } from '../event-store.contract.js';
import { temporaryFolders } from '../testing/temporary-folder.js';
import { openEventStoreDb } from '../testing/open-eventstoredb.js';

const newFolder = temporaryFolders();
const servers: EventStoreDbServer[] = [];
afterAll(async () => {
  for (const server of servers) await server.stop();
});

describeEventStore('on EventStoreDB', async () => {
  const server = await EventStoreDbServer.start({ maximumAppendBytes: 16 * 1024 * 1024 });
  servers.push(server);
  return openEventStoreDb({ url: server.url, folder: newFolder() });
});
