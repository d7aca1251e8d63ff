import { describeEventStore } from '../event-store.contract.js';
import { MemoryEventStore } from './memory-event-store.js';

describeEventStore('in memory', () => Promise.resolve(new MemoryEventStore()));
