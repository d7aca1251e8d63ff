import { eventStoreDbClient } from './clients/eventstoredb-client.js';
import { EventStoreDbProcess } from './server-process.js';
import { describeFaults } from './suite/faults.js';
import { describeNodes } from './suite/nodes.js';
import { describeProtocol } from './suite/protocol-suite.js';
import { describeSettings } from './suite/settings.js';

describeProtocol(eventStoreDbClient, () => EventStoreDbProcess.start(), 'the protocol server');
describeSettings(eventStoreDbClient);
describeFaults(eventStoreDbClient);
describeNodes(eventStoreDbClient);
