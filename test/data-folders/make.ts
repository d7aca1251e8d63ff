import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Client } from '#test/support/client.js';
import { newFolder, removeFolder } from '#test/support/folders.js';
import { httpStatus } from '#test/support/http.js';
import { tokensOf } from '#test/support/people.js';
import { until } from '#test/support/until.js';
import { fill } from './story.js';

/**
 * `node dist/test/data-folders/make.js CHECKOUT TARGET`: creates a data folder with the version in a
 * built checkout, and stores its files and recorded answers in a folder of the tests.
 */
const [checkout = '', target = ''] = process.argv.slice(2);

const store = (name: string, content: string | Buffer): void => {
  writeFileSync(join(target, `${name}.gz`), gzipSync(content, { level: 9 }));
};

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return String(port);
}

const folder = newFolder();
const port = await freePort();
const service = spawn(process.execPath, ['dist/apps/standalone/main.js'], {
  cwd: checkout,
  env: { ...process.env, DATA_DIR: folder, PORT: port, LOG_LEVEL: 'error' },
  stdio: 'inherit',
});
try {
  const url = `http://127.0.0.1:${port}`;
  await until('the service is ready', async () => {
    const status = await httpStatus(`${url}/health/ready`).catch(() => null);
    return status === 200 ? true : null;
  });
  const tokens = await tokensOf(folder);
  const answers = await fill({ as: (name) => new Client(url, tokens[name]) });
  store('answers.json', JSON.stringify(answers));
} finally {
  service.kill('SIGTERM');
  await once(service, 'exit');
}
for (const name of ['events.db', 'read-models.db']) {
  writeFileSync(
    join(target, `${name}.gz`),
    gzipSync(readFileSync(join(folder, name)), { level: 9 }),
  );
}
removeFolder(folder);
