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
import { openEventStoreDb } from '../testing/open-eventstoredb.js';

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

/** The message of a start that must fail: in time, and without the password. */
async function failedStart(url: string): Promise<string> {
  const begun = performance.now();
  const error: unknown = await openEventStoreDb({ url, folder: newFolder() }).then(
    async (store) => {
      await store.close();
      throw new Error('The start succeeded.');
    },
    (reason: unknown) => reason,
  );
  expect(performance.now() - begun).toBeLessThan(30_000);
  expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(SECRET);
  return (error as Error).message;
}

const authority = (pem: string): string => {
  const file = join(newFolder(), 'ca.crt');
  writeFileSync(file, pem);
  return `tlsCAFile=${encodeURIComponent(file)}`;
};

describe('a start on an event store that cannot be used', () => {
  it('reports a refused connection', async () => {
    const message = await failedStart(`esdb://admin:${SECRET}@127.0.0.1:1?tls=false`);
    expect(message).toMatch(/127\.0\.0\.1:1 cannot be used: .*ECONNREFUSED.*Check host and port/);
  });

  it('reports an unknown host name', async () => {
    const message = await failedStart(`esdb://admin:${SECRET}@nowhere.invalid:2113`);
    expect(message).toMatch(/nowhere\.invalid:2113 cannot be used: .*Check the host name/);
  });

  it('reports an untrusted certificate, and starts with its CA', async () => {
    const { certificate, key, authority: pem } = newCertificate();
    const server = await serve({ tls: { certificate, key } });
    expect(await failedStart(server.url)).toMatch(/cannot be used: .*certificate.*tlsCAFile/);
    const url = `${server.url}&${authority(pem)}`;
    const store = await openEventStoreDb({ url, folder: newFolder() });
    await streamOf(store, 1);
    await store.close();
    const missing = await failedStart(`${server.url}&tlsCAFile=/nowhere/ca.crt`);
    expect(missing).toMatch(/ENOENT.*tlsCAFile/);
  });

  it('reports that only one side uses TLS', async () => {
    const plain = await serve();
    expect(await failedStart(`esdb://127.0.0.1:${plain.port}`)).toMatch(/set tls=false/);
    const { certificate, key } = newCertificate();
    const secure = await serve({ tls: { certificate, key } });
    const message = await failedStart(`esdb://127.0.0.1:${secure.port}?tls=false`);
    expect(message).toMatch(/If the server runs with TLS, remove tls=false/);
  });

  it.each([{ reportsFeatures: false }, { batchAppend: false }])(
    'reports a server that is too old: %j',
    async (settings) => {
      const { url } = await serve(settings);
      expect(await failedStart(url)).toMatch(/too old.*21\.10 or later/);
    },
  );

  it('reports missing credentials and permissions', async () => {
    const { certificate, key, authority: pem } = newCertificate();
    const { port } = await serve({
      tls: { certificate, key },
      admins: { admin: SECRET },
      ordinaryUsers: { olga: SECRET },
    });
    const url = (who: string) => `esdb://${who}127.0.0.1:${port}?${authority(pem)}`;
    expect(await failedStart(url(''))).toMatch(/Set user and password/);
    expect(await failedStart(url('admin:wrong@'))).toMatch(/Check user and password/);
    expect(await failedStart(url(`olga:${SECRET}@`))).toMatch(/allowed to read \$all/);
    const right = { url: url(`admin:${SECRET}@`), folder: newFolder() };
    const store = await openEventStoreDb(right);
    await streamOf(store, 1);
    await store.close();
  });

  it('reports a server that does not answer', async () => {
    const server = await serve();
    server.goSilent();
    expect(await failedStart(server.url)).toMatch(/cannot be used: /);
    server.behave();
  });
});
