import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Recordings } from '#test/data-folders/story.js';
import type { History } from '#test/support/answers.js';
import { Client } from '#test/support/client.js';
import { Desk } from '#test/support/desk.js';
import { newFolder, removeFolder } from '#test/support/folders.js';
import { tokensOf, type Name } from '#test/support/people.js';
import { ServiceProcess } from '#test/support/service-process.js';
import { raise } from '#test/support/tickets.js';
import { until } from '#test/support/until.js';

/** Data folders of earlier versions, with recorded answers (test/data-folders/README.md). */
const stored = fileURLToPath(new URL('../../../test/data-folders', import.meta.url));
const versions = readdirSync(stored, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

interface RecordedRow {
  readonly description?: string;
}

/** A recorded answer as this version gives it: rows of tickets have an excerpt, and new members. */
const today = (body: object) =>
  'items' in body ? { ...body, items: (body.items as RecordedRow[]).map(rowToday) } : body;

const rowToday = ({ description, ...row }: RecordedRow): unknown =>
  description === undefined ? row : expect.objectContaining({ ...row, excerpt: description });

const fileOf = (version: string, name: string): Buffer =>
  gunzipSync(readFileSync(join(stored, version, `${name}.gz`)));

describe.each(versions)('a data folder of the version of %s', (version) => {
  const before = JSON.parse(fileOf(version, 'answers.json').toString()) as Recordings;
  let folder: string;
  let service: ServiceProcess;
  let tokens: Awaited<ReturnType<typeof tokensOf>>;
  const as = (name: Name) => new Client(service.url, tokens[name]);
  beforeAll(async () => {
    folder = newFolder();
    for (const name of ['events.db', 'read-models.db'])
      writeFileSync(join(folder, name), fileOf(version, name));
    service = await ServiceProcess.start({ folder });
    tokens = await tokensOf(folder);
    await until('every consumer is at the end of the log', async () => {
      const { body } = await as('anna').get<{ items: { state: string; lag: number }[] }>(
        '/admin/consumers',
      );
      return body.items.every(({ state, lag }) => state === 'running' && lag === 0) || null;
    });
  });
  afterAll(async () => {
    await service.stop();
    removeFolder(folder);
  });

  it.each(before.queries)('answers $by as before: $path', async ({ by, path, body }) => {
    expect((await as(by).get(path)).body).toEqual(today(body as object));
  });

  it.each(before.commands)('answers a retry as before: $path', async (command) => {
    const { by, path, request, key, body } = command;
    const answer = await as(by).post<unknown>(path, request, { 'idempotency-key': key });
    expect(answer.headers['idempotency-replayed']).toBe('true');
    expect(answer.body).toEqual(body);
  });

  it('is processed by the dispatch policy without repeated actions', async () => {
    // Given: the policy has read the whole log again, and appended nothing
    const { waiting, head } = before;
    const { position, events } = await raise({ as });
    expect(BigInt(position)).toBe(BigInt(head) + BigInt(events.length));
    // When
    const owners = { engineerIds: ['carol'] };
    await as('anna').put(`/services/${waiting.serviceId}/owners`, owners);
    // Then
    const types = await until('the waiting ticket is dispatched', async () => {
      const { body } = await as('lena').get<History>(`/tickets/${waiting.ticketId}/history`);
      return body.events.length > 1 ? body.events.map(({ type }) => type) : null;
    });
    expect(types).toEqual(['TicketCreated', 'TicketDispatched']);
    expect(service.complaints).toBe('');
  });
});

describe.each(versions)('a data folder of %s whose log was cut', (version) => {
  const folder = newFolder();
  let service: ServiceProcess;
  afterAll(async () => {
    await service.stop();
    removeFolder(folder);
  });

  it('is detected, also once the log is longer than before, until a rebuild', async () => {
    for (const name of ['events.db', 'read-models.db'])
      writeFileSync(join(folder, name), fileOf(version, name));
    const database = new DatabaseSync(join(folder, 'events.db'));
    database.exec('DELETE FROM events WHERE position > (SELECT max(position) - 2 FROM events)');
    database.close();
    const start = async (...options: string[]) => {
      service = ServiceProcess.launch({ folder, options });
      await service.listening();
      const tokens = await tokensOf(folder);
      return (name: Name) => new Client(service.url, tokens[name]);
    };
    let as = await start();
    expect((await as('bob').get('/tickets')).status).toBe(503);
    for (let n = 0; n < 3; n++) await raise({ as });
    expect((await as('bob').get('/tickets')).status).toBe(503);
    await service.stop();
    as = await start();
    expect((await as('bob').get('/tickets')).status).toBe(503);
    await service.stop();
    as = await start('--rebuild');
    await until('it is rebuilt', async () =>
      (await as('bob').get('/tickets')).status === 200 ? true : null,
    );
  });
});

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
  const versionOf = (name: string): number => {
    const database = new DatabaseSync(join(desk.folder, name), { readOnly: true });
    const { user_version: version } = database.prepare('PRAGMA user_version').get() as {
      user_version: number;
    };
    database.close();
    return version;
  };
  const content = () => files.map((name) => readFileSync(join(desk.folder, name)));

  it.each(files)('is refused at the start and not changed: %s', async (file) => {
    // Given
    const known = versionOf(file);
    inFile(file, 'PRAGMA user_version = 99');
    const before = content();
    // When
    const service = ServiceProcess.launch({ folder: desk.folder });
    // Then
    expect(await service.ended()).toMatchObject({ code: 1 });
    expect(service.errors).toMatch(
      new RegExp(`${file} .*later version.* 99, this one knows ${known}\\).*`),
    );
    expect(content().map((bytes, n) => bytes.equals(before[n] ?? Buffer.of()))).toEqual([
      true,
      true,
      true,
    ]);
    inFile(file, `PRAGMA user_version = ${known}`);
  });

  it.each(files)('creates no other file at the refused start: %s', async (file) => {
    // Given
    const folder = newFolder();
    copyFileSync(join(desk.folder, file), join(folder, file));
    const database = new DatabaseSync(join(folder, file));
    database.exec('PRAGMA user_version = 99');
    database.close();
    // When
    const service = ServiceProcess.launch({ folder });
    // Then
    expect(await service.ended()).toMatchObject({ code: 1 });
    const others = readdirSync(folder).filter((name) => !name.startsWith(file));
    expect(others).toEqual([]);
    removeFolder(folder);
  });

  it('is used again once the file has this version', async () => {
    await desk.restart();
    expect(desk.service.complaints).toBe('');
  });
});
