import { kurrentDbClient } from './clients/kurrentdb-client.js';
import { EventStoreDbProcess } from './server-process.js';
import { describeProtocol } from './suite/protocol-suite.js';

describeProtocol(kurrentDbClient, () => EventStoreDbProcess.start(), 'the protocol server');
