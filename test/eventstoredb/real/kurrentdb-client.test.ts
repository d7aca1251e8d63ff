import { kurrentDbClient } from '../clients/kurrentdb-client.js';
import { describeProtocol } from '../suite/protocol-suite.js';
import { target } from './target.js';

describeProtocol(kurrentDbClient, target, 'a real server');
