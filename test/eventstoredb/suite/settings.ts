import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newCertificate } from '../server/certificate.js';
import type { ServerOptions } from '../server/eventstoredb-server.js';
import { EventStoreDbProcess } from '../server/server-process.js';
import { caughtUp, failure, ids, newEvent, newEvents, newStream } from './given.js';
import type { ClientPackage, Subject } from './subject.js';

/** The settings of our server; not run against a real one. */
export function describeSettings(client: ClientPackage): void {
  const ends: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });
  const folder = mkdtempSync(join(tmpdir(), 'eventstoredb-settings-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  async function serverWith(options: Omit<ServerOptions, 'log'>): Promise<EventStoreDbProcess> {
    const server = await EventStoreDbProcess.start(options);
    ends.push(() => server.stop());
    return server;
  }
  function connect(url: string): Subject {
    const subject = client.connect(url);
    ends.push(() => subject.dispose());
    return subject;
  }

  describe(`${client.name} and the settings of the protocol server`, () => {
    it.each([
      ['without BatchAppend', { batchAppend: false }],
      ['with a version without ServerFeatures', { reportsFeatures: false, batchAppend: false }],
    ])('%s append by Append', async (_, options) => {
      const subject = connect((await serverWith(options)).url);
      const stream = newStream();
      const events = newEvents(2);
      const answer = await subject.append(stream, events, 'no_stream');
      expect(answer.revision).toBe(1n);
      expect(await subject.append(stream, events, 'no_stream')).toEqual(answer);
      const wrong = await failure(subject.append(stream, newEvents(1), 'no_stream'));
      expect(wrong).toMatchObject({ type: 'wrong-expected-version', streamName: stream });
      await subject.tombstone(stream, 'any');
      expect(await failure(subject.append(stream, newEvents(1), 'any'))).toMatchObject({
        type: 'stream-deleted',
        streamName: stream,
      });
    });

    it.each([true, false])('with small appends refuse larger ones (batch: %s)', async (batch) => {
      const server = await serverWith({ batchAppend: batch, maximumAppendBytes: 1000 });
      const subject = connect(server.url);
      const stream = newStream();
      const large = [newEvent({ text: 'x'.repeat(600) }), newEvent({ text: 'x'.repeat(600) })];
      const error = await failure(subject.append(stream, large, 'any'));
      expect(error).toMatchObject({ type: 'maximum-append-size-exceeded', maxAppendSize: 1000 });
      expect(await failure(subject.readStream(stream))).toMatchObject({ type: 'stream-not-found' });
    });

    describe('with TLS and users', () => {
      const ours = newCertificate();
      const trusted = join(folder, 'trusted.pem');
      writeFileSync(trusted, ours.authority);
      const other = join(folder, 'other.pem');
      writeFileSync(other, newCertificate().authority);

      let server: EventStoreDbProcess;
      beforeAll(async () => {
        const users = { admins: { admin: 'changeit' }, ordinaryUsers: { clerk: 'secret' } };
        server = await EventStoreDbProcess.start({ tls: ours, ...users });
      });
      afterAll(() => server.stop());
      const urlFor = (user: string, authority = trusted): string =>
        `esdb://${user}127.0.0.1:${server.port}?tls=true&defaultDeadline=3000` +
        `&tlsCAFile=${encodeURIComponent(authority)}`;

      it('give an admin all rights', async () => {
        const subject = connect(urlFor('admin:changeit@'));
        const stream = newStream();
        const events = newEvents(2);
        await subject.append(stream, events, 'no_stream');
        expect(ids(await subject.readStream(stream))).toEqual(ids(events));
        const follower = subject.subscribeToAll();
        await caughtUp(follower);
        expect(ids(follower.events).slice(-2)).toEqual(ids(events));
        await follower.unsubscribe();
      });

      it('let an ordinary user use streams, except $all and names beginning with $', async () => {
        const subject = connect(urlFor('clerk:secret@'));
        const stream = newStream();
        await subject.append(stream, newEvents(1), 'no_stream');
        await subject.setMetadata(stream, { maxCount: 1 });
        expect(await subject.readStream(stream)).toHaveLength(1);
        const denied = { type: 'access-denied' };
        expect(await failure(subject.readAll())).toMatchObject(denied);
        expect(await failure(subject.append('$ours', newEvents(1), 'any'))).toMatchObject(denied);
      });

      it.each(['admin:wrong@', ''])('refuse the credentials "%s"', async (user) => {
        const subject = connect(urlFor(user));
        const stream = newStream();
        const denied = { type: 'access-denied' };
        expect(await failure(subject.append(stream, newEvents(1), 'any'))).toMatchObject(denied);
        expect(await failure(subject.readStream(stream))).toMatchObject(denied);
      });

      it('are refused by clients with an invalid certificate', async () => {
        const subject = connect(urlFor('admin:changeit@', other));
        expect(await failure(subject.append(newStream(), newEvents(1), 'any'))).toBeInstanceOf(
          Error,
        );
      });
    });
  });
}
