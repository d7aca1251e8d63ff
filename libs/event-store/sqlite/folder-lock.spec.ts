import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { streamOf, wholeLog } from '../testing/events.js';
import { runProgram, startProgram } from '../testing/programs.js';
import { temporaryFolders } from '../testing/temporary-folder.js';
import { FolderInUse, lockFolder } from './folder-lock.js';
import { SqliteEventStore } from './sqlite-event-store.js';

const newFolder = temporaryFolders();
/** Errors of the writer thread arrive as copies, so tests compare their names. */
const inUse = (folder: string): Record<string, unknown> => ({
  name: 'FolderInUse',
  message: expect.stringContaining(folder),
});

describe('a data folder in use', () => {
  it('is refused to a second store in the same process until the first is closed', async () => {
    const folder = newFolder();
    const first = await SqliteEventStore.open({ folder });
    await expect(SqliteEventStore.open({ folder })).rejects.toMatchObject(inUse(folder));
    // The refused store has not disturbed the first.
    await expect(SqliteEventStore.open({ folder })).rejects.toMatchObject(inUse(folder));
    await streamOf(first, 1);
    await first.close();
    const second = await SqliteEventStore.open({ folder });
    expect(await wholeLog(second)).toHaveLength(1);
    await second.close();
  });

  it('is refused to another process, with the remedy', async () => {
    const folder = newFolder();
    const store = await SqliteEventStore.open({ folder });
    const said = await runProgram('hold-log', [folder]);
    expect(said).toMatchObject({ opened: false, ...inUse(folder) });
    expect(said['message']).toMatch(/Another process .* DATA_DIR/);
    await store.close();
  });

  it('is free after its process ends normally', async () => {
    const folder = newFolder();
    const holder = startProgram('hold-log', [folder]);
    expect(await holder.said()).toStrictEqual({ opened: true });
    await expect(SqliteEventStore.open({ folder })).rejects.toMatchObject(inUse(folder));
    holder.process.stdin?.end();
    expect(await holder.ended()).toStrictEqual({ code: 0, signal: null });
    await (await SqliteEventStore.open({ folder })).close();
  });

  it('is free after its process is killed', async () => {
    const folder = newFolder();
    const holder = startProgram('hold-log', [folder]);
    expect(await holder.said()).toStrictEqual({ opened: true });
    await expect(SqliteEventStore.open({ folder })).rejects.toMatchObject(inUse(folder));
    holder.process.kill('SIGKILL');
    expect(await holder.ended()).toStrictEqual({ code: null, signal: 'SIGKILL' });
    await (await SqliteEventStore.open({ folder })).close();
  });

  it('does not lock other folders', async () => {
    const stores = await Promise.all(
      [newFolder(), newFolder()].map((folder) => SqliteEventStore.open({ folder })),
    );
    for (const store of stores) await store.close();
  });
});

describe('a lock file that cannot be used', () => {
  it.each<[string, (file: string) => void]>([
    [
      'it has other content',
      (file) => {
        writeFileSync(file, 'not a lock'.repeat(1_000));
      },
    ],
    [
      'it is a folder',
      (file) => {
        mkdirSync(file);
      },
    ],
  ])('because %s is not reported as in use', (_, spoil) => {
    const folder = newFolder();
    const file = join(folder, 'writer.lock');
    spoil(file);
    const lock = () => lockFolder(file, folder);
    expect(lock).toThrow(expect.objectContaining({ name: 'UnusableDataFile' }));
    expect(lock).toThrow(file);
    expect(lock).not.toThrow(FolderInUse);
  });
});
