import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from '@jest/globals';
import { newCertificate } from '#test/eventstoredb/server/certificate.js';
import {
  EventStoreDbServer,
  type ServerOptions,
} from '#test/eventstoredb/server/eventstoredb-server.js';
import { streamOf } from '../testing/events.js';
import { temporaryFolders } from '../testing/temporary-folder.js';
import { EventStoreDbEventStore } from './eventstoredb-event-store.js';

const newFolder = temporaryFolders();
const SECRET = 'hunter2';

const servers: EventStoreDbServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});
async function serve(options: ServerOptions = {}): Promise<EventStoreDbServer> {
  const server = await EventStoreDbServer.start(options);
  servers.push(server);
  return server;
}

/** What a start that must fail says; it says it in time, and tells no password. */
async function failedStart(url: string): Promise<string> {
  const begun = performance.now();
  const error: unknown = await EventStoreDbEventStore.open({ url, folder: newFolder() }).then(
    async (store) => {
      await store.close();
      throw new Error('It has started.');
    },
    (reason: unknown) => reason,
  );
  expect(performance.now() - begun).toBeLessThan(10_000);
  expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(SECRET);
  return (error as Error).message;
}

const authority = (pem: string): string => {
  const file = join(newFolder(), 'ca.crt');
  writeFileSync(file, pem);
  return `tlsCAFile=${encodeURIComponent(file)}`;
};

describe('a start on an event store that cannot be used', () => {
  it('says that nobody is there', async () => {
    const message = await failedStart(`esdb://admin:${SECRET}@127.0.0.1:1?tls=false`);
    expect(message).toMatch(/127\.0\.0\.1:1 cannot be used: .*ECONNREFUSED.*Look at host and port/);
  });

  it('says that nobody knows the host', async () => {
    const message = await failedStart(`esdb://admin:${SECRET}@nowhere.invalid:2113`);
    expect(message).toMatch(/nowhere\.invalid:2113 cannot be used: .*Look at the name of the host/);
  });

  it('says that the certificate does not verify, and starts with its authority', async () => {
    const { certificate, key, authority: pem } = newCertificate();
    const server = await serve({ tls: { certificate, key } });
    expect(await failedStart(server.url)).toMatch(/cannot be used: .*certificate.*tlsCAFile/);
    const url = `${server.url}&${authority(pem)}`;
    const store = await EventStoreDbEventStore.open({ url, folder: newFolder() });
    await streamOf(store, 1);
    await store.close();
    const missing = await failedStart(`${server.url}&tlsCAFile=/nowhere/ca.crt`);
    expect(missing).toMatch(/ENOENT.*tlsCAFile/);
  });

  it('says that one side speaks TLS and the other does not', async () => {
    const plain = await serve();
    expect(await failedStart(`esdb://127.0.0.1:${plain.port}`)).toMatch(/say tls=false/);
    const { certificate, key } = newCertificate();
    const secure = await serve({ tls: { certificate, key } });
    const message = await failedStart(`esdb://127.0.0.1:${secure.port}?tls=false`);
    expect(message).toMatch(/If the server runs with TLS, leave tls=false out/);
  });

  it.each([{ tellsFeatures: false }, { batchAppend: false }])(
    'says that the server is too old: %j',
    async (settings) => {
      const { url } = await serve(settings);
      expect(await failedStart(url)).toMatch(/too old.*21\.10 or later/);
    },
  );

  it('says that it may not do what it has to', async () => {
    const { certificate, key, authority: pem } = newCertificate();
    const { port } = await serve({
      tls: { certificate, key },
      admins: { admin: SECRET },
      ordinaryUsers: { olga: SECRET },
    });
    const url = (who: string) => `esdb://${who}127.0.0.1:${port}?${authority(pem)}`;
    expect(await failedStart(url(''))).toMatch(/Give a user and a password/);
    expect(await failedStart(url('admin:wrong@'))).toMatch(/Look at the user and the password/);
    expect(await failedStart(url(`olga:${SECRET}@`))).toMatch(/allowed to read \$all/);
    const right = { url: url(`admin:${SECRET}@`), folder: newFolder() };
    const store = await EventStoreDbEventStore.open(right);
    await streamOf(store, 1);
    await store.close();
  });

  it('says that nothing answers', async () => {
    const server = await serve();
    server.goSilent();
    expect(await failedStart(server.url)).toMatch(/cannot be used: /);
    server.behave();
  });
});
