import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ReadStreamOptions, RecordedEvent } from '#event-store/event-store.js';
import { temporaryFolders } from '#event-store/testing/temporary-folder.js';
import { project, Story } from '#projections/testing/story.js';
import { tickets } from '#projections/tickets.js';
import { ticketCounts } from '#projections/ticket-counts.js';
import { created, dispatched } from '#ticketing/testing/tickets.js';
import type { TicketEvent } from '#ticketing/ticket/events.js';
import { SqliteViewStore } from '#view-stores/sqlite/sqlite-view-store.js';
import { AlteredLog, projectAll } from './testing/projecting.js';

const newFolder = temporaryFolders();
let store: SqliteViewStore;
let story: Story;
beforeEach(async () => {
  store = new SqliteViewStore(join(newFolder(), 'read-models.db'));
  story = new Story();
  await story.ticket('1', created, dispatched, message);
  await story.ticket('2', created, message);
});
afterEach(() => store.close());

const message: TicketEvent = { type: 'CustomerMessageAdded', data: { message: 'The secret.' } };
const view = (id: string) => store.reader(tickets).get(id);
const parked = async () => (await store.status(tickets)).live?.parked ?? [];

/** The log with its events altered, in the whole log and in streams. */
class DamagedLog extends AlteredLog {
  constructor(alterAll: (events: readonly RecordedEvent[]) => readonly RecordedEvent[]) {
    super(story.log, { events: alterAll });
    this.readStream = async (stream: string, options: ReadStreamOptions) =>
      alterAll(await story.log.readStream(stream, { ...options, limit: 1_000 })).slice(
        0,
        options.limit,
      );
  }
}

/** Alters the event of ticket 1 with a revision. */
const altering =
  (revision: number, change: (event: RecordedEvent) => RecordedEvent[]) =>
  (events: readonly RecordedEvent[]) =>
    events.flatMap((event) =>
      event.stream === 'ticket-1' && event.revision === revision ? change(event) : [event],
    );

const ways: [string, (events: readonly RecordedEvent[]) => readonly RecordedEvent[], string][] = [
  [
    'a record that was altered',
    altering(1, (event) => [{ ...event, damage: 'was altered' }]),
    'the event of revision 1 at position 1 was altered',
  ],
  ['an event that is missing', altering(1, () => []), 'revision 1 at position 2 is missing'],
  [
    'an event that was exchanged together with its hash',
    altering(1, (event) => [{ ...event, hash: 'f'.repeat(64) }]),
    'revision 2 at position 2 does not follow the one before it',
  ],
];

describe.each(ways)('%s', (_, alter, problem) => {
  it('parks its stream, and others continue', async () => {
    await projectAll(tickets, new DamagedLog(alter), store);
    await story.ticket('2', message);
    await projectAll(tickets, new DamagedLog(alter), store);
    expect(await parked()).toMatchObject([{ stream: 'ticket-1' }]);
    expect((await parked())[0]?.error).toContain(problem);
    expect((await parked())[0]?.error).not.toContain('secret');
    expect(await view('2')).toStrictEqual(project(tickets, await story.events()).get('2'));
    expect(await store.reader(tickets).checkpoint()).toBe(await story.log.headPosition());
  });

  it('is projected once the log is mended', async () => {
    await projectAll(tickets, new DamagedLog(alter), store);
    await story.ticket('2', message);
    await projectAll(tickets, story.log, store);
    expect(await parked()).toStrictEqual([]);
    expect(await view('1')).toStrictEqual(project(tickets, await story.events()).get('1'));
  });
});

it('a checkpoint at a damaged record is not taken for that of another log', async () => {
  const last = (events: readonly RecordedEvent[]) =>
    events.map((event) =>
      event.stream === 'ticket-2' && event.revision === 1
        ? { ...event, id: '', hash: '', damage: 'was altered' }
        : event,
    );
  const log = new DamagedLog(last);
  log.eventAt = async (position) =>
    last([(await story.log.eventAt(position)) as RecordedEvent])[0] ?? null;
  await projectAll(ticketCounts, log, store);
  await projectAll(ticketCounts, log, store);
  await projectAll(ticketCounts, story.log, store);
  expect((await store.status(ticketCounts)).live).toMatchObject({ halted: null });
});
