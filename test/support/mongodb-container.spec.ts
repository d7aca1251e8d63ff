import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, it, jest } from '@jest/globals';
import { newFolder, removeFolder } from './folders.js';
import { startMongodbContainer } from './mongodb-container.js';

it('that cannot be started is told, and the tests go on without it', async () => {
  // Given an engine that hangs up on everybody.
  const folder = newFolder();
  const socket = join(folder, 'docker.sock');
  const engine = createServer((connection) => connection.destroy()).listen(socket);
  await once(engine, 'listening');
  const before = process.env['DOCKER_HOST'];
  process.env['DOCKER_HOST'] = `unix://${socket}`;
  const said = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    // When a container is asked for, then there is none, and somebody is told.
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
