import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { LogReader } from '#consuming/log-reader.js';
import { StoreUnavailable } from '#event-store/event-store.js';
import { MemoryEventStore } from '#event-store/memory/memory-event-store.js';
import { streamOf } from '#event-store/testing/events.js';
import { ProblemReporter } from '#platform/problems/problem-reporter.js';
import { SqliteViewStore } from '#view-stores/sqlite/sqlite-view-store.js';
import { Freshness } from '../freshness.js';
import { FollowEventsHandler } from './follow-events-handler.js';
import { FollowEvents } from './follow-events-query.js';
import { ENOUGH_ROOM } from './testing/enough-room.js';
import { Requesters } from './requesters.js';
import { EventMessages } from './event-messages.js';

class FailingLog extends MemoryEventStore {
  override readAll(): Promise<never> {
    return Promise.reject(new StoreUnavailable('The disk has gone.'));
  }
}

const store = new SqliteViewStore(':memory:');
afterAll(() => store.close());

let ended = new AbortController();
afterEach(() => {
  ended.abort();
  ended = new AbortController();
});

const bob = { id: 'bob', tenant: null, roles: ['engineer'] as const };

async function follow(log: MemoryEventStore, lastEventId?: string) {
  const logged: string[] = [];
  const logger = pino({ level: 'warn' }, { write: (line: string) => logged.push(line) });
  const reader = new LogReader(log);
  const handler = new FollowEventsHandler(
    reader,
    new EventMessages(new Requesters(log)),
    new Freshness(reader, store),
    new ProblemReporter(logger),
  );
  const query = new FollowEvents(bob, {}, lastEventId, {
    signal: ended.signal,
    room: ENOUGH_ROOM,
  });
  return { texts: await handler.execute(query), logged };
}

describe('following events', () => {
  it('ends if the log fails, and logs the reason', async () => {
    const log = new FailingLog();
    await streamOf(log, 3);
    const { texts, logged } = await follow(log, '0');
    const sent: string[] = [];
    for await (const text of texts) sent.push(text.toString());
    expect(sent).toEqual(['retry: 2000\n']);
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain('The disk has gone.');
  });

  it('does not begin for a disconnected caller', async () => {
    ended.abort();
    const { texts } = await follow(new MemoryEventStore());
    for await (const text of texts) throw new Error(`Unexpected text ${text.toString()}`);
  });

  it('is refused after a future event', async () => {
    const log = new MemoryEventStore();
    await expect(follow(log, '0')).rejects.toMatchObject({ code: 'invalid_request' });
    await streamOf(log, 1);
    await expect(follow(log, '1')).rejects.toMatchObject({ code: 'invalid_request' });
    expect((await follow(log, '0')).logged).toEqual([]);
  });
});
