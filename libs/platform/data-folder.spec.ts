import { chmodSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryFolders } from '#event-store/testing/temporary-folder.js';
import { prepareDataFolder } from './data-folder.js';

const newFolder = temporaryFolders();
let folder: string;
beforeEach(() => {
  folder = join(newFolder(), 'data');
});

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);
const write = (name: string, mode: number): string => {
  const file = join(folder, name);
  writeFileSync(file, 'x');
  chmodSync(file, mode);
  return file;
};
const makeFolder = (mode: number): void => {
  mkdirSync(folder);
  chmodSync(folder, mode);
};

describe('a data folder', () => {
  it('is created with its parents, for its user alone', () => {
    const inner = join(folder, 'a', 'b');
    expect(prepareDataFolder(inner)).toStrictEqual([]);
    for (const path of [folder, join(folder, 'a'), inner]) expect(modeOf(path)).toBe('700');
    const later = join(inner, 'later');
    writeFileSync(later, '');
    expect(modeOf(later)).toBe('600');
  });

  it.each([0o755, 0o777, 0o750, 0o701])('with mode %o is narrowed', (mode) => {
    makeFolder(mode);
    expect(prepareDataFolder(folder)).toStrictEqual([folder]);
    expect(modeOf(folder)).toBe('700');
    expect(prepareDataFolder(folder)).toStrictEqual([]);
  });

  it('has its files narrowed', () => {
    makeFolder(0o750);
    const names = ['events.db', 'events.db-wal', 'events.db-shm', 'writer.lock', 'read-models.db'];
    const files = names.map((name) => write(name, 0o644));
    write('signing-key.json', 0o600);
    mkdirSync(join(folder, 'backup'));
    expect([...prepareDataFolder(folder)].sort()).toStrictEqual([folder, ...files].sort());
    for (const file of files) expect(modeOf(file)).toBe('600');
  });

  it('does not change files that its links point to', () => {
    makeFolder(0o700);
    const other = join(newFolder(), 'other');
    writeFileSync(other, '');
    chmodSync(other, 0o644);
    symlinkSync(other, join(folder, 'link'));
    expect(prepareDataFolder(folder)).toStrictEqual([]);
    expect(modeOf(other)).toBe('644');
  });
});

describe('a folder that cannot be used', () => {
  const refused = (path: string, reason: RegExp): void => {
    const prepare = () => prepareDataFolder(path);
    expect(prepare).toThrow(expect.objectContaining({ name: 'UnusableDataFolder' }));
    expect(prepare).toThrow(reason);
    expect(prepare).toThrow(/chown and chmod 700.*DATA_DIR/);
    expect(prepare).toThrow(path);
  };

  it.each<[string, string, RegExp]>([
    ['is a file', 'file', /is a file and not a folder/],
    ['is in a file', 'file/data', /is a file and not a folder/],
    ['is a link to nothing', 'nowhere', /may not be mounted/],
    ['is a link to itself', 'loop', /lead back to themselves/],
    ['has a long name', 'x'.repeat(300), /too long/],
  ])('because it %s is refused', (_, name, reason) => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'file'), '');
    symlinkSync(join(folder, 'none'), join(folder, 'nowhere'));
    symlinkSync('loop', join(folder, 'loop'));
    refused(join(folder, name), reason);
  });

  it('because the kernel accepts no folders there is refused', () => {
    refused('/proc/nope', /cannot be created there/);
    refused('/dev/null', /is a file and not a folder/);
  });

  it('because it is open to others and has files of other programs is refused and not changed', () => {
    makeFolder(0o755);
    write('diary', 0o644);
    refused(folder, /other users may read it, and it has files of other programs/);
    expect(modeOf(folder)).toBe('755');
    expect(readdirSync(folder)).toStrictEqual(['diary']);
  });

  it('because it is a shared folder of the system is refused and not changed', () => {
    makeFolder(0o1777);
    write('events.db', 0o644);
    refused(folder, /files of other programs/);
    expect(modeOf(folder)).toBe('777');
  });
});
