import { expect, it } from '@jest/globals';
import { START } from '../event-store.js';
import { present } from '../testing/present.js';
import { startProgram } from '../testing/programs.js';
import { temporaryFolders } from '../testing/temporary-folder.js';
import { SqliteEventReader } from './sqlite-event-reader.js';

const newFolder = temporaryFolders();

it('a follower soon sees what another process appends', async () => {
  const folder = newFolder();
  const writer = startProgram('append-on-input', [folder]);
  const stop = new AbortController();
  try {
    await writer.said();
    const reader = new SqliteEventReader(folder);
    const pages = reader
      .subscribeToAll({ after: START, limit: 10, signal: stop.signal })
      [Symbol.asyncIterator]();
    for (const stream of ['a', 'b', 'c', 'd']) {
      const page = pages.next();
      present(writer.process.stdin).write(`${stream}\n`);
      await writer.said();
      const appended = performance.now();
      expect(await page).toMatchObject({ value: { events: [{ stream }] } });
      // Without the check of the log's head it would take a second.
      expect(performance.now() - appended).toBeLessThan(500);
    }
    stop.abort();
    await reader.close();
  } finally {
    writer.process.kill('SIGKILL');
    await writer.ended();
  }
});
