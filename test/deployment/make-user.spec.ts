import { execFile } from 'node:child_process';
import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newCertificate } from '#test/eventstoredb/server/certificate.js';
import { EventStoreDbServer } from '#test/eventstoredb/server/eventstoredb-server.js';
import { newFolder, removeFolder } from '#test/support/folders.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
/** Beside the program, as in the image: it finds the packages of the app. */
const script = join(root, 'dist', 'make-user.js');

let folder: string;
let server: EventStoreDbServer;
beforeAll(async () => {
  folder = newFolder();
  const { certificate, key, authority } = newCertificate();
  writeFileSync(join(folder, 'ca.crt'), authority);
  server = await EventStoreDbServer.start({
    tls: { certificate, key },
    admins: { admin: 'secret' },
  });
  copyFileSync(join(root, 'docker/eventstore/make-user.js'), script);
});
afterAll(async () => {
  rmSync(script);
  await server.stop();
  removeFolder(folder);
});

const run = () =>
  promisify(execFile)(process.execPath, [script], {
    env: {
      EVENTSTORE_ADMIN_URL: `esdb://admin:secret@127.0.0.1:${server.port}?tls=true&tlsCAFile=${folder}/ca.crt`,
      EVENTSTORE_PASSWORD: 'made',
    },
  });

test('the user of the service is made once, in no group, and may read $all', async () => {
  await run();
  await run();
  expect(server.users).toEqual([{ loginName: 'tickets', password: 'made', groups: [] }]);
  const described = server.log.all.filter(({ streamName }) => streamName === '$$$all');
  expect(
    described.map(({ data }) => JSON.parse(Buffer.from(data).toString()) as unknown),
  ).toContainEqual({
    $acl: { $r: ['$admins', 'tickets'] },
  });
});
