import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { wholeLog } from '../testing/events.js';
import { KILL_WRITER, startProgram } from '../testing/programs.js';
import { temporaryFolders } from '../testing/temporary-folder.js';
import { SqliteEventStore } from './sqlite-event-store.js';

const newFolder = temporaryFolders();

describe('a writer thread that dies', () => {
  it('is started again, the folder stays locked, and the outcome of its group is unknown', async () => {
    // Given
    const folder = newFolder();
    const ways = ['throws, before', 'exits, after', 'runs out of memory, before'];
    // When
    const shell = `export NODE_OPTIONS='${KILL_WRITER} --max-old-space-size=100' KILL_WRITER='${join(folder, 'kill')}'`;
    const program = startProgram('survive-deaths', [folder, ...ways], shell);
    // Then
    for (const way of ways) {
      expect(await program.said()).toStrictEqual({
        way,
        answer: 'StoreUnavailable',
        other: 'FolderInUse',
        again: way.endsWith('after') ? 'repeated' : 'appended',
      });
    }
    const { deaths } = (await program.said()) as { deaths: string[] };
    expect(deaths.length).toBeGreaterThanOrEqual(ways.length);
    expect(new Set(deaths)).toStrictEqual(
      new Set([
        'killed by a test',
        'it ended without an error',
        'Worker terminated due to reaching memory limit: JS heap out of memory',
      ]),
    );
    expect(await program.ended()).toStrictEqual({ code: 0, signal: null });
    const store = await SqliteEventStore.open({ folder });
    expect((await wholeLog(store)).map(({ stream }) => stream)).toStrictEqual(ways);
    await store.close();
  });
});
