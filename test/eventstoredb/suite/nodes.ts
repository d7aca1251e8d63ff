import { afterEach, describe, expect, it } from '@jest/globals';
import { newFolder, removeFolder } from '#test/support/folders.js';
import { until } from '#test/support/until.js';
import { join } from 'node:path';
import { EventStoreDbProcess } from '../server/server-process.js';
import { failure, ids, newEvents, newStream } from './given.js';
import type { ClientPackage, Subject } from './subject.js';

/** Several nodes on one log, and a node that is killed. */
export function describeNodes(client: ClientPackage): void {
  const ends: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });
  const start = async (settings: Parameters<typeof EventStoreDbProcess.start>[0] = {}) => {
    const server = await EventStoreDbProcess.start(settings);
    ends.push(() => server.stop());
    return server;
  };
  const connect = (url: string): Subject => {
    const subject = client.connect(url);
    ends.push(() => subject.dispose());
    return subject;
  };

  describe(`${client.name} and nodes of the protocol server`, () => {
    it.each([true, false])('is redirected by a follower (batch: %s)', async (batch) => {
      const leader = await start({ batchAppend: batch });
      const follower = await leader.command('startFollower');
      const subject = connect(follower);
      const stream = newStream();
      const leaderNeeded = { requiresLeader: true };
      const append = () => subject.append(stream, newEvents(1), 'any', leaderNeeded);
      const error = await failure(append());
      expect(error).toMatchObject({
        type: 'not-leader',
        leader: { address: '127.0.0.1', port: leader.port },
      });
      const answer = await until('it went to the leader', () => append().catch(() => null));
      expect(answer.revision).toBe(0n);
    });

    it('is redirected to the new leader after a change', async () => {
      const first = await start();
      const second = await first.command('startFollower');
      const subject = connect(first.url);
      const stream = newStream();
      const leaderNeeded = { requiresLeader: true };
      await subject.append(stream, newEvents(1), 'no_stream', leaderNeeded);
      await first.command('handOver');
      const error = await failure(subject.append(stream, newEvents(1), 0n, leaderNeeded));
      expect(error).toMatchObject({
        type: 'not-leader',
        leader: { port: Number(new URL(second).port) },
      });
      await until('the new leader wrote', () =>
        subject.append(stream, newEvents(1), 0n, leaderNeeded).catch(() => null),
      );
      const found = await until('the new leader was read', () =>
        subject.readStream(stream).catch(() => null),
      );
      expect(found).toHaveLength(2);
    });

    it('finds the leader by gossip with several nodes', async () => {
      const leader = await start();
      const follower = new URL(await leader.command('startFollower'));
      const subject = connect(
        `esdb://${follower.host},127.0.0.1:${leader.port}?tls=false&nodePreference=leader`,
      );
      const answer = await subject.append(newStream(), newEvents(1), 'any', {
        requiresLeader: true,
      });
      expect(answer.revision).toBe(0n);
    });

    it('has all answered appends after a node with a persistent log was killed', async () => {
      const folder = newFolder();
      ends.push(() => {
        removeFolder(folder);
        return Promise.resolve();
      });
      const file = join(folder, 'log');
      const killed = await start({ file });
      const subject = connect(killed.url);
      const streams = Array.from({ length: 50 }, () => newStream());
      const answered = new Map<string, string[]>();
      const appends = streams.map(async (stream, number) => {
        const events = newEvents(3);
        await subject.append(stream, events, 'no_stream');
        answered.set(stream, ids(events));
        if (number === 20) await killed.stop('SIGKILL');
      });
      await Promise.allSettled(appends);
      const again = await start({ file, port: killed.port });
      const reader = connect(again.url);
      expect(answered.size).toBeGreaterThan(0);
      for (const [stream, written] of answered) {
        expect(ids(await reader.readStream(stream))).toEqual(written);
      }
    });
  });
}
