import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Configuration } from '../configuration.js';
import { Operations } from './operations.js';

/**
 * Starts the consumers of an application and its HTTP servers.
 *
 * @returns its address, such as `http://127.0.0.1:3000`
 * @throws Error if the port is in use, with what to do
 */
export async function listen(
  app: NestFastifyApplication,
  { host, port }: Pick<Configuration, 'host' | 'port'>,
): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new Error(`Port ${port} of ${host} is in use. Stop the other process or set PORT.`, {
      cause: error,
    });
  }
  await app.get(Operations).listen();
  return app.getUrl();
}
