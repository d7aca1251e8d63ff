import { eventStoreDbClient } from './clients/eventstoredb-client.js';
import { EventStoreDbProcess } from './server-process.js';
import { describeProtocol } from './suite/protocol-suite.js';

describeProtocol(eventStoreDbClient, () => EventStoreDbProcess.start(), 'the protocol server');
