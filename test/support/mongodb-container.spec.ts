import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, it, jest } from '@jest/globals';
import { newFolder, removeFolder } from './folders.js';
import { startMongodbContainer } from './mongodb-container.js';

it('a failure to start is reported, and the tests continue without it', async () => {
  // Given a container engine that closes all connections.
  const folder = newFolder();
  const socket = join(folder, 'docker.sock');
  const engine = createServer((connection) => connection.destroy()).listen(socket);
  await once(engine, 'listening');
  const before = process.env['DOCKER_HOST'];
  process.env['DOCKER_HOST'] = `unix://${socket}`;
  const said = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    // When a container is requested, then there is none, and the failure is reported.
    expect(await startMongodbContainer()).toBeNull();
    expect(said.mock.calls.join('')).toContain('NO MONGODB IN A CONTAINER');
  } finally {
    said.mockRestore();
    if (before === undefined) delete process.env['DOCKER_HOST'];
    else process.env['DOCKER_HOST'] = before;
    engine.close();
    removeFolder(folder);
  }
});
