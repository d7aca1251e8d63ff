import { newFolder, removeFolder } from '#test/support/folders.js';
import { send } from '#test/support/http.js';
import { ServiceProcess } from '#test/support/service-process.js';

/** Starts the service in a temporary folder, and returns the OpenAPI document that it serves. */
export async function servedDocument(): Promise<string> {
  const folder = newFolder();
  try {
    const service = await ServiceProcess.start({ folder });
    try {
      const { text } = await send(service.url, { method: 'GET', path: '/api/openapi.json' });
      return text;
    } finally {
      await service.stop();
    }
  } finally {
    removeFolder(folder);
  }
}
