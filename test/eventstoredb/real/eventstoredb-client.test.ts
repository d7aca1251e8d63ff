import { eventStoreDbClient } from '../clients/eventstoredb-client.js';
import { describeProtocol } from '../suite/protocol-suite.js';
import { target } from './target.js';

describeProtocol(eventStoreDbClient, target, 'a real server');
