import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventLog } from '#test/eventstoredb/server/event-log.js';
import { EventStoreDbServer } from '#test/eventstoredb/server/eventstoredb-server.js';
import { LOG_STREAM, AppendsRefused } from '../log-loss.js';
import { NO_STREAM, type EventStore } from '../event-store.js';
import { anEvent, streamOf } from '../testing/events.js';
import { openEventStoreDb } from '../testing/open-eventstoredb.js';
import { temporaryFolders } from '../testing/temporary-folder.js';

const newFolder = temporaryFolders();
let server: EventStoreDbServer;
let folder: string;
let store: EventStore | null;
let refusals: (string | null)[];

const open = async (inFolder = folder): Promise<EventStore> => {
  refusals = [];
  store = await openEventStoreDb({
    url: server.url,
    folder: inFolder,
    checkIntervalMs: 100,
    onRefusal: (refusal) => {
      refusals.push(refusal?.message ?? null);
    },
  });
  return store;
};

/** Replaces the server by one on the same port, with the log as it was after a number of events. */
async function goBackTo(events: number): Promise<void> {
  const log = new EventLog();
  for (const event of server.log.all.slice(0, events)) log.restore({ ...event, answer: null });
  await serve(log);
}

async function serve(log: EventLog): Promise<void> {
  const { port } = server;
  await server.stop();
  server = await EventStoreDbServer.start({ port, log });
}

/** Ends a process that has received all events. */
async function end(process: EventStore): Promise<void> {
  await process.findEvent(randomUUID());
  await process.close();
}

const append = (to: EventStore): Promise<unknown> => streamOf(to, 1);

const acceptance = () =>
  anEvent({ type: 'LogLossAccepted', at: new Date(Date.now() + 1).toISOString() });

beforeEach(async () => {
  server = await EventStoreDbServer.start();
  folder = newFolder();
});
afterEach(async () => {
  await store?.close();
  await server.stop();
});

describe('a log that went back while no process ran', () => {
  // The first event of a server is its own.
  const LEFT = 1 + 3;

  beforeEach(async () => {
    const before = await open();
    await streamOf(before, 3);
    await streamOf(before, 2);
    await end(before);
    await goBackTo(LEFT);
  });

  it('refuses appends, and says what was lost', async () => {
    // When
    const after = await open();
    // Then
    const words =
      /^2 acknowledged events are missing in the log since 2026-11-24T12:00:00.000Z until .*accept-loss/;
    await expect(append(after)).rejects.toThrow(words);
    await expect(append(after)).rejects.toBeInstanceOf(AppendsRefused);
    await expect(after.checkAppends()).rejects.toThrow(words);
    expect(after.refusal).toMatchObject({ loss: { events: 2 } });
    expect(refusals).toEqual([expect.stringMatching(words)]);
  });

  it('takes appends again once the loss is accepted, also after a start', async () => {
    // Given
    const after = await open();
    await expect(append(after)).rejects.toThrow(AppendsRefused);
    // When
    await after.append(LOG_STREAM, NO_STREAM, [acceptance()]);
    // Then
    await append(after);
    expect(after.refusal).toBeNull();
    expect(refusals.at(-1)).toBeNull();
    await after.close();
    const later = await open();
    await append(later);
    expect(refusals).toEqual([]);
  });

  it('takes appends again once another process has accepted a loss', async () => {
    // Given
    const other = await open(newFolder());
    await other.append(LOG_STREAM, NO_STREAM, [acceptance()]);
    await other.close();
    // Then
    await append(await open());
    expect(refusals).toEqual([]);
  });
});

it('that is another one refuses appends: how many are lost is not known', async () => {
  // Given
  const before = await open();
  await streamOf(before, 3);
  await end(before);
  // When
  await serve(new EventLog());
  const other = await open(newFolder());
  await streamOf(other, 1);
  await other.close();
  const after = await open();
  // Then
  await expect(append(after)).rejects.toThrow(
    /^At least 1 acknowledged events are missing in the log since an unknown time until/,
  );
});

it('that is empty has lost all events', async () => {
  // Given
  const before = await open();
  await streamOf(before, 3);
  await end(before);
  // When
  await serve(new EventLog());
  // Then
  await expect(append(await open())).rejects.toThrow(/^3 acknowledged .* from its beginning/);
});

it('that went back under the process refuses appends, until the right one is back', async () => {
  // Given
  const running = await open();
  await streamOf(running, 3);
  const right = server.log;
  // When
  await goBackTo(2);
  // Then
  const words = /^Acknowledged events are missing in the log: .* under the running service/;
  await expect(append(running)).rejects.toThrow(words);
  await expect(running.checkAppends()).rejects.toThrow(words);
  // When
  await serve(right);
  // Then
  await append(running);
  expect(refusals).toEqual([expect.stringMatching(words), null]);
});

it('that is whole takes appends after a start, whatever was appended elsewhere', async () => {
  const before = await open();
  await streamOf(before, 3);
  await end(before);
  await append(await open(newFolder()));
  await store?.close();
  await append(await open());
  expect(refusals).toEqual([]);
});
