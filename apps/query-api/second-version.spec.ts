import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { MemoryEventStore } from '#event-store/memory/memory-event-store.js';
import type { EventToAppend, JsonObject } from '#event-store/event-store.js';
import type { SqliteViewStore } from '#view-stores/sqlite/sqlite-view-store.js';

/** The members of two events that had other names in a first version. */
const renamed: Readonly<Record<string, { readonly before: string; readonly today: string }>> = {
  TicketCreated: { before: 'problem', today: 'description' },
  CustomerMessageAdded: { before: 'words', today: 'message' },
};

const rename = (data: JsonObject, from: string, to: string): JsonObject =>
  Object.fromEntries(Object.entries(data).map(([key, value]) => [key === from ? to : key, value]));

const secondVersion = <Type extends object>(type: string, first: Type) => ({
  ...first,
  version: 2,
  upcasters: {
    1: (data: JsonObject) => rename(data, renamed[type]?.before ?? '', renamed[type]?.today ?? ''),
  },
});

// The readers of events are loaded after the second versions are registered.
const actual = await import('#event-store/codec/stored-types.js');
const { createCodec } = await import('#event-store/codec/codec.js');
jest.unstable_mockModule('#event-store/codec/stored-types.js', () => ({
  ...actual,
  ticketCodec: createCodec({
    ...actual.ticketTypes,
    TicketCreated: secondVersion('TicketCreated', actual.ticketTypes.TicketCreated),
    CustomerMessageAdded: secondVersion(
      'CustomerMessageAdded',
      actual.ticketTypes.CustomerMessageAdded,
    ),
  }),
}));
const { Story } = await import('#projections/testing/story.js');
const { projections } = await import('#projections/all.js');
const { Views } = await import('#projections/views.js');
const { LogReader } = await import('#consuming/log-reader.js');
const { AT_START } = await import('#consuming/checkpoint.js');
const { PageEntry, pageOf } = await import('#consuming/page.js');
const { projectAll } = await import('#consuming/testing/projecting.js');
const { SqliteViewStore: ViewStore } = await import('#view-stores/sqlite/sqlite-view-store.js');
const { NO_STREAM } = await import('#event-store/event-store.js');
const { DamagedHistories } = await import('#platform/process/damaged-histories.js');
const { Metrics } = await import('#platform/process/metrics.js');
const { RealSystem } = await import('#platform/system.js');
const { ticketStream } = await import('#ticketing/streams.js');
const { created, dispatched } = await import('#ticketing/testing/tickets.js');
const { Requesters } = await import('./events/requesters.js');
const { EventMessages } = await import('./events/event-messages.js');
const { Freshness } = await import('./freshness.js');
const { ShowPastTicketHandler } = await import('./past/show-past-ticket-query.js');
const { ShowHistoryHandler } = await import('./tickets/show-history-query.js');
const { ShowTicketHandler } = await import('./tickets/show-ticket-query.js');

const OLD = '019ab3c4-5d6e-7f80-9123-000000000001';
const NEW = '019ab3c4-5d6e-7f80-9123-000000000002';
const bob = { id: 'bob', tenant: null, roles: ['engineer'] } as const;
const MESSAGE = 'It happens every hour.';

let log: MemoryEventStore;
let store: SqliteViewStore;
let positionBefore: bigint;

/** The same story in both versions: as the current code stores it, and as the first version did. */
beforeAll(async () => {
  const story = new Story();
  log = story.log;
  store = new ViewStore(':memory:');
  const said = { type: 'CustomerMessageAdded', data: { message: MESSAGE } } as const;
  positionBefore = await log.headPosition();
  await story.ticket(NEW, created, dispatched, said);
  const events = await log.readStream(ticketStream(NEW), { limit: 10 });
  const stored = events.map(({ id, type, at, metadata, data }): EventToAppend => {
    const names = renamed[type];
    const content = data as unknown as JsonObject;
    return {
      id: id.replace(/^.{8}/, '0000a11d'),
      type,
      at,
      metadata,
      schemaVersion: 1,
      data: names === undefined ? content : rename(content, names.today, names.before),
    };
  });
  await log.append(ticketStream(OLD), NO_STREAM, stored);
  for (const projection of projections) await projectAll(projection, log, store);
});
afterAll(() => store.close());

const views = () => new Views(store);
const damaged = () => new DamagedHistories(store, new Metrics());
const freshness = () => new Freshness(new LogReader(log), store);

const show = (ticketId: string) =>
  new ShowTicketHandler(views(), freshness(), new RealSystem(), damaged()).execute({
    actor: bob,
    id: ticketId,
    request: {},
  } as never);

const showPast = (ticketId: string) =>
  new ShowPastTicketHandler(freshness(), log, views(), damaged(), new RealSystem()).execute({
    actor: bob,
    ticketId,
    until: { revision: 2 },
    request: {},
  } as never);

const history = (ticketId: string) =>
  new ShowHistoryHandler(log, views(), freshness(), damaged()).execute({
    actor: bob,
    id: ticketId,
    request: {},
  } as never);

async function pageAfter(after: bigint, limit: number) {
  const events = await log.readAll({ after, limit });
  return pageOf(after, events, AT_START, limit);
}

async function live(ticketId: string): Promise<object[]> {
  const page = await pageAfter(positionBefore, 100);
  const { text } = await new EventMessages(new Requesters(log)).of(page, bob);
  const messages = [...text.toString().matchAll(/^data: (.*)$/gm)];
  return messages
    .map(([, data = '']) => JSON.parse(data) as { ticketId: string })
    .filter((message) => message.ticketId === ticketId);
}

/** The members that differ between two tickets with the same story. */
const OWN = ['ticketId', 'reference', 'position', 'eventId', 'id', 'stream', 'hash'];
const common = (answer: unknown): unknown =>
  JSON.parse(
    JSON.stringify(answer, (key, value: unknown) => (OWN.includes(key) ? undefined : value)),
  );

it('the log holds both versions of the events', async () => {
  const stored = await log.readStream(ticketStream(OLD), { limit: 10 });
  expect(stored.map(({ schemaVersion }) => schemaVersion)).toEqual([1, 1, 1]);
  expect(JSON.stringify(stored.map(({ data }) => data))).toContain('"words"');
  const today = await log.readStream(ticketStream(NEW), { limit: 10 });
  expect(today.map(({ schemaVersion }) => schemaVersion)).toEqual([2, 1, 2]);
});

it.each<[string, (ticketId: string) => Promise<unknown>]>([
  ['the history', history],
  ['the live updates', live],
  ["the ticket's page", show],
  ["the ticket's page in the past", showPast],
  ['the projection of tickets', (ticketId) => views().tickets.get(ticketId)],
])('%s shows an event of the first version as one of the second', async (_, ask) => {
  const old = common(await ask(OLD));
  expect(old).toEqual(common(await ask(NEW)));
  const text = JSON.stringify(old);
  expect(text).not.toMatch(/"problem"|"words":"/);
  expect(text).toMatch(/"description"|"excerpt":"The tunnel/);
});

it('every view of the ticket shows the message', async () => {
  for (const ask of [history, live, show, showPast]) {
    expect(JSON.stringify(await ask(OLD))).toContain(MESSAGE);
  }
});

it('live updates skip streams outside of the domain', async () => {
  const page = await pageAfter(positionBefore, 1);
  const entries = page.entries.map(
    ({ stored }) => new PageEntry({ ...stored, stream: 'checkpoint-1' }),
  );
  const { text } = await new EventMessages(new Requesters(log)).of({ ...page, entries }, bob);
  expect(text.toString()).toBe('');
});
