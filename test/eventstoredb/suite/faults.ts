import { status } from '@grpc/grpc-js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { pause, until } from '#test/support/until.js';
import { EventStoreDbProcess } from '../server/server-process.js';
import { caughtUp, failure, heard, ids, newEvents, newStream } from './given.js';
import type { ClientPackage, Subject } from './subject.js';

/** The faults of our server, and the reactions of clients. */
export function describeFaults(client: ClientPackage, batchAppend: boolean): void {
  const path = batchAppend ? 'BatchAppend' : 'Append';
  describe(`${client.name} and the protocol server's faults, by ${path}`, () => {
    let server: EventStoreDbProcess;
    let subject: Subject;
    beforeAll(async () => {
      server = await EventStoreDbProcess.start({ batchAppend });
      subject = client.connect(server.url);
    });
    afterEach(() => server.command('behave'));
    afterAll(async () => {
      await subject.dispose();
      await server.stop();
    });

    /** Appends until it succeeds: clients need a moment to connect again. */
    const appendAtLast = (stream: string, events: ReturnType<typeof newEvents>) =>
      until('an append succeeded', () =>
        subject.append(stream, events, 'no_stream').catch(() => null),
      );

    it('refuses connections while it is down, and has its log afterwards', async () => {
      const stream = newStream();
      const events = newEvents(2);
      await subject.append(stream, events, 'no_stream');
      await server.command('goDown');
      const error = await failure(subject.append(newStream(), newEvents(1), 'any'));
      expect(error.code ?? 14).toBe(14);
      await server.command('comeBack');
      await appendAtLast(newStream(), newEvents(1));
      expect(ids(await subject.readStream(stream))).toEqual(ids(events));
    });

    it.each([
      ['before it is applied', 0],
      ['after it is applied', 2],
    ] as const)('cuts an append %s', async (cut, written) => {
      const stream = newStream();
      const events = newEvents(2);
      await appendAtLast(newStream(), newEvents(1));
      await server.command('cutNextAppends', cut);
      await failure(subject.append(stream, events, 'no_stream'));
      const found = await until('it could be read again', () =>
        subject.readStream(stream).catch((error: unknown) => {
          return (error as { type?: string }).type === 'stream-not-found' ? [] : null;
        }),
      );
      expect(found).toHaveLength(written);
      const answer = await appendAtLast(stream, events);
      expect(answer.revision).toBe(1n);
      expect(ids(await subject.readStream(stream))).toEqual(ids(events));
    });

    it('cuts a read within its answer', async () => {
      const stream = newStream();
      await appendAtLast(stream, newEvents(50));
      await server.command('cutNextRead', 10);
      await failure(subject.readStream(stream));
      const found = await until('it was read again', () =>
        subject.readStream(stream).catch(() => null),
      );
      expect(found).toHaveLength(50);
    });

    it('cuts a subscription, which reports it', async () => {
      const stream = newStream();
      await appendAtLast(stream, newEvents(50));
      await server.command('cutNextRead', 10);
      const follower = subject.subscribeToStream(stream, 'start');
      await until('the subscription failed', () => (follower.error === null ? null : true));
      expect(follower.events).toHaveLength(10);
    });

    it('delays its answers', async () => {
      await appendAtLast(newStream(), newEvents(1));
      await server.command('delayAnswers', 150);
      const begin = performance.now();
      await subject.append(newStream(), newEvents(1), 'any');
      expect(performance.now() - begin).toBeGreaterThanOrEqual(149);
    });

    it('silences open subscriptions, but not new ones', async () => {
      const stream = newStream();
      await appendAtLast(stream, newEvents(1));
      const filter = { on: 'stream', prefixes: [stream] } as const;
      const silenced = subject.subscribeToAll({ filter });
      await caughtUp(silenced);
      await server.command('silenceSubscriptions');
      await subject.append(stream, newEvents(1), 0n);
      const second = subject.subscribeToAll({ filter });
      await heard(second, 2);
      await pause(100);
      expect(silenced.events).toHaveLength(1);
      expect(silenced.error).toBeNull();
      await silenced.unsubscribe();
      await second.unsubscribe();
    });

    it('goes silent on everything, and applies nothing in the meantime', async () => {
      const stream = newStream();
      await appendAtLast(newStream(), newEvents(1));
      await server.command('goSilent');
      const unanswered = subject.append(stream, newEvents(1), 'any').then(
        () => 'answered',
        () => 'failed',
      );
      expect(await Promise.race([unanswered, pause(300)])).toBeUndefined();
      await server.command('speakAgain');
      await server.command('cutConnections');
      expect(await unanswered).toBe('failed');
      await appendAtLast(newStream(), newEvents(1));
      expect(await failure(subject.readStream(stream))).toMatchObject({ type: 'stream-not-found' });
    });

    it.each([
      ['timeout', batchAppend ? { type: 'deadline-exceeded' } : { code: status.ABORTED }],
      ['busy', { type: batchAppend ? 'unknown' : 'unavailable' }],
      [status.UNAVAILABLE, { type: 'unavailable' }],
      [status.DEADLINE_EXCEEDED, { type: 'deadline-exceeded' }],
    ] as const)('fails an append with %s', async (given, expected) => {
      const stream = newStream();
      await appendAtLast(newStream(), newEvents(1));
      await server.command('failNext', given);
      const events = newEvents(1);
      expect(await failure(subject.append(stream, events, 'no_stream'))).toMatchObject(expected);
      await appendAtLast(stream, events);
      expect(await subject.readStream(stream)).toHaveLength(1);
    });

    it('can be followed across a restart without a gap', async () => {
      const stream = newStream();
      const before = newEvents(20);
      await appendAtLast(stream, before);
      const filter = { on: 'stream', prefixes: [stream] } as const;
      const first = subject.subscribeToAll({ filter });
      await heard(first, 20);
      await server.command('restart', 50);
      await until('the subscription failed', () => (first.error === null ? null : true));
      const after = newEvents(5);
      await until('it was written again', () =>
        subject.append(stream, after, 19n).catch(() => null),
      );
      const fromPosition = first.events.at(-1)?.position ?? 'start';
      const second = subject.subscribeToAll({ fromPosition, filter });
      await heard(second, 5);
      expect(ids([...first.events, ...second.events])).toEqual(ids([...before, ...after]));
      await second.unsubscribe();
    });
  });
}
