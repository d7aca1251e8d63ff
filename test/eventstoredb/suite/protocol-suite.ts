import { afterAll, beforeAll, describe } from '@jest/globals';
import { describeAll } from './all.js';
import { describeAppends } from './appends.js';
import { describeDeletions } from './deletions.js';
import type { Given } from './given.js';
import { describeMetadata } from './metadata.js';
import { describeReads } from './reads.js';
import { describeRetries } from './retries.js';
import type { ClientPackage, Subject } from './subject.js';
import { describeSubscriptions } from './subscriptions.js';

/** A server to run the suite against: ours, or a real one. */
export interface Target {
  readonly url: string;
  stop(): Promise<void>;
}

/** The required behaviour of EventStoreDB, for every client and server. */
export function describeProtocol(
  client: ClientPackage,
  target: () => Promise<Target>,
  server: string,
): void {
  describe(`${client.name} and ${server}`, () => {
    let subject: Subject;
    let running: Target;
    beforeAll(async () => {
      running = await target();
      subject = client.connect(running.url);
    }, 180_000);
    afterAll(async () => {
      await subject.dispose();
      await running.stop();
    });
    const given: Given = { client, subject: () => subject };
    describeAppends(given);
    describeRetries(given);
    describeReads(given);
    describeAll(given);
    describeDeletions(given);
    describeMetadata(given);
    describeSubscriptions(given);
  });
}
