import { afterAll, beforeAll, describe } from '@jest/globals';
import { appending } from './contract/appending.contract.js';
import { eventIds } from './contract/event-ids.contract.js';
import { following } from './contract/following.contract.js';
import { hashChain } from './contract/hash-chain.contract.js';
import { randomAppends } from './contract/random-appends.contract.js';
import { readingAll } from './contract/reading-all.contract.js';
import { readingStreams } from './contract/reading-streams.contract.js';
import type { EventStore } from './event-store.js';

/**
 * The contract of every event store. Each adapter's spec runs this suite on one store, which all
 * tests share: a test must not depend on what others have appended.
 */
export function describeEventStore(name: string, open: () => Promise<EventStore>): void {
  describe(`the event store ${name}`, () => {
    let opened: EventStore;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(async () => {
      await opened.close();
    });
    const store = () => opened;

    describe('appending', () => {
      appending(store);
    });
    describe('the ids of events', () => {
      eventIds(store);
    });
    describe('reading a stream', () => {
      readingStreams(store);
    });
    describe('reading the whole log', () => {
      readingAll(store, open);
    });
    describe('following the log', () => {
      following(store);
    });
    describe('the hash chain', () => {
      hashChain(store);
    });
    describe('random appends', () => {
      randomAppends(store);
    });
  });
}
