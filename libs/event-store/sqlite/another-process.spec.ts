import { setTimeout } from 'node:timers/promises';
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
    const latenciesMs: number[] = [];
    for (const stream of ['a', 'b', 'c', 'd', 'e']) {
      const page = pages.next();
      await setTimeout(400);
      present(writer.process.stdin).write(`${stream}\n`);
      await writer.said();
      const appended = performance.now();
      expect(await page).toMatchObject({ value: [{ stream }] });
      latenciesMs.push(performance.now() - appended);
    }
    // Without the watch of the file most would take longer: it polls once a second.
    expect(latenciesMs.filter((latency) => latency < 400).length).toBeGreaterThanOrEqual(3);
    stop.abort();
    await reader.close();
  } finally {
    writer.process.kill('SIGKILL');
    await writer.ended();
  }
});
