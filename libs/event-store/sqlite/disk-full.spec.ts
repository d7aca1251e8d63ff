import { describe, expect, it } from '@jest/globals';
import { wholeLog } from '../testing/events.js';
import { startProgram } from '../testing/programs.js';
import { temporaryFolders } from '../testing/temporary-folder.js';
import { SqliteEventStore } from './sqlite-event-store.js';

const newFolder = temporaryFolders();

describe('a log on a disk that is full', () => {
  it('rejects the whole group that cannot be written, and works again afterwards', async () => {
    const folder = newFolder();
    // The file size limit makes writes fail like a full disk.
    const program = startProgram('fill-disk', [folder], 'ulimit -f 4000');
    const onLog = ['before', 'after', 'small'];
    expect(await program.said()).toStrictEqual({
      before: 'appended',
      group: ['StoreUnavailable', 'StoreUnavailable'],
      after: ['appended', 'appended'],
      onLog,
    });
    expect(await program.ended()).toStrictEqual({ code: 0, signal: null });

    const store = await SqliteEventStore.open({ folder });
    expect((await wholeLog(store)).map(({ stream }) => stream)).toStrictEqual(onLog);
    await store.close();
  });
});
