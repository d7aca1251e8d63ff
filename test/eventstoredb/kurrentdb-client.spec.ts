import { kurrentDbClient } from './clients/kurrentdb-client.js';
import { EventStoreDbProcess } from './server-process.js';
import { describeFaults } from './suite/faults.js';
import { describeNodes } from './suite/nodes.js';
import { describeProtocol } from './suite/protocol-suite.js';
import { describeSettings } from './suite/settings.js';

describeProtocol(kurrentDbClient, () => EventStoreDbProcess.start(), 'the protocol server');
describeSettings(kurrentDbClient);
describeFaults(kurrentDbClient);
describeNodes(kurrentDbClient);
