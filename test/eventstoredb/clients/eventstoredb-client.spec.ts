import { eventStoreDbClient as client } from './eventstoredb-client.js';
import { EventStoreDbProcess } from '../server/server-process.js';
import { describeFaults } from '../suite/faults.js';
import { describeNodes } from '../suite/nodes.js';
import { describeProtocol } from '../suite/protocol-suite.js';
import { describeSettings } from '../suite/settings.js';

for (const batchAppend of [true, false]) {
  const server = `the protocol server, by ${batchAppend ? 'BatchAppend' : 'Append'}`;
  describeProtocol(client, () => EventStoreDbProcess.start({ batchAppend }), server);
  describeFaults(client, batchAppend);
}
describeSettings(client);
describeNodes(client);
