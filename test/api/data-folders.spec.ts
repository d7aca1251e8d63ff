import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Desk } from '#test/support/desk.js';
import { ServiceProcess } from '#test/support/service-process.js';
import { raise } from '#test/support/tickets.js';

describe('a data folder with a file of a later version', () => {
  const files = ['events.db', 'read-models.db', 'policies.db'];
  let desk: Desk;
  beforeAll(async () => {
    desk = await Desk.open();
    await raise(desk);
    await desk.service.stop();
  });
  afterAll(() => desk.close());

  const inFile = (name: string, sql: string): void => {
    const database = new DatabaseSync(join(desk.folder, name));
    database.exec(`${sql}; PRAGMA wal_checkpoint(TRUNCATE)`);
    database.close();
  };
  const content = () => files.map((name) => readFileSync(join(desk.folder, name)));

  it.each(files)('is refused at the start and not changed: %s', async (file) => {
    // Given
    inFile(file, 'PRAGMA user_version = 99');
    const before = content();
    // When
    const service = ServiceProcess.launch({ folder: desk.folder });
    // Then
    expect(await service.ended()).toMatchObject({ code: 1 });
    expect(service.errors).toMatch(
      new RegExp(`${file} .*later version.* 99, this one knows 1\\).*`),
    );
    expect(content().map((bytes, n) => bytes.equals(before[n] ?? Buffer.of()))).toEqual([
      true,
      true,
      true,
    ]);
    inFile(file, 'PRAGMA user_version = 1');
  });

  it('is used again once the file is one of this version', async () => {
    await desk.restart();
    expect(desk.service.complaints).toBe('');
  });
});
