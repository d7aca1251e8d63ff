import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FolderInUse, lockFolder } from '#event-store/sqlite/folder-lock.js';
import { newFolder, removeFolder } from '#test/support/folders.js';
import { ServiceProcess, type App } from '#test/support/service-process.js';

let folder: string;
beforeAll(async () => {
  folder = newFolder();
  // The query API and the worker read the log that a command API has created.
  const first = await ServiceProcess.start({ app: 'command-api', folder });
  await first.stop();
});
afterAll(() => {
  removeFolder(folder);
});

/** Listens briefly on a port of loopback. @throws Error if the port is in use. */
async function listenOn(port: number): Promise<number> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  const used = (server.address() as AddressInfo).port;
  server.close();
  await once(server, 'close');
  return used;
}

/** Takes the writer's lock briefly. @throws FolderInUse if a process holds it. */
const takeLock = (): void => {
  lockFolder(join(folder, 'writer.lock'), folder)();
};

/** The apps that write to the log, and so lock the data folder. */
const writers: readonly App[] = ['standalone', 'command-api'];

describe.each(['standalone', 'command-api', 'query-api', 'worker'] as const)(
  'the npm script of %s',
  (app) => {
    it.each(['SIGTERM', 'SIGINT'] as const)(
      'ends with status 0 when npm gets %s, and frees its port and its lock',
      async (signal) => {
        const port = await listenOn(0);
        const environment = { PORT: String(port) };
        const npm = await ServiceProcess.start({ app, folder, environment, byNpm: true });
        await expect(listenOn(port)).rejects.toThrow('EADDRINUSE');
        if (writers.includes(app)) expect(takeLock).toThrow(FolderInUse);

        expect(await npm.stop(signal)).toEqual({ code: 0, signal: null });

        expect(npm.complaints).toBe('');
        expect(await listenOn(port)).toBe(port);
        takeLock();
      },
    );
  },
);
