import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { ticketEvents } from '#event-store/testing/todays-events.js';
import { created, dispatched } from '#ticketing/testing/tickets.js';
import type { TicketEvent } from '#ticketing/ticket/events.js';
import { SqliteViewStore } from '#view-stores/sqlite/sqlite-view-store.js';
import type { Place, ViewReader } from '#view-stores/view-store.js';
import { projectAll } from '#consuming/testing/projecting.js';
import { Story } from '../testing/story.js';
import { ticketPeriods, type TicketPeriod } from '../ticket-periods.js';
import { findAt } from './periods-at.js';

/** One for each query of a class. */
const TICKETS = Array.from({ length: 11 }, (_, n) => `${n}`);
const note: TicketEvent = { type: 'InternalNoteAdded', data: { text: 'A note.' } };

let store: SqliteViewStore;
let story: Story;
beforeEach(() => {
  store = new SqliteViewStore(':memory:');
  story = new Story();
});
afterEach(() => store.close());

const find = async (periods: ViewReader<TicketPeriod>, minute: number, limit: number) => {
  const sort = { field: 'from', descending: false } as const;
  const found = await findAt(periods, {
    time: Date.parse(Story.at(minute)),
    where: [],
    sort,
    limit,
  });
  return found.map(({ id }) => id);
};

it('finds the first of all classes together, up to the limit', async () => {
  for (const minute of [0, 1, 12, 1_000, 100_000]) {
    story.minute = minute;
    await story.ticket(`${minute}`, created);
  }
  story.minute = 100_001;
  for (const id of ['100000', '12', '0']) await story.ticket(id, dispatched);
  await projectAll(ticketPeriods, story.log, store);
  const order = ['0', '1', '12', '1000', '100000'];
  for (const limit of [1, 2, 3, 4, 5, 6]) {
    expect(await find(store.reader(ticketPeriods), 100_000, limit)).toEqual(order.slice(0, limit));
  }
});

it('finds each ticket once, though its period ends between two queries', async () => {
  for (const id of TICKETS) await story.ticket(id, created);
  const then = story.minute - 1;
  for (const end of TICKETS.keys()) {
    await projectAll(ticketPeriods, story.log, store);
    const reader = store.reader(ticketPeriods);
    let queries = 0;
    const restless: ViewReader<TicketPeriod> = {
      checkpoint: () => reader.checkpoint(),
      get: (id) => reader.get(id),
      count: (by, ...where) => reader.count(by, ...where),
      find: async (query) => {
        const found = await reader.find(query);
        if (queries++ === end) {
          await story.ticket(TICKETS[end] ?? '', note);
          await projectAll(ticketPeriods, story.log, store);
        }
        return found;
      },
    };
    expect((await find(restless, then, 100)).sort()).toEqual([...TICKETS].sort());
  }
});

it.each([
  ['few', 3],
  ['many', 900],
])('finds by creation, page by page, if a filter leaves %s', async (_, one) => {
  const count = 1_000;
  for (let n = 0; n < count; n++) {
    const serviceId = n < one ? 'mail' : 'vpn';
    const data = { ...ticketEvents.TicketCreated, serviceId };
    await story.ticket(`${n}`, { type: 'TicketCreated', data }, dispatched);
  }
  await projectAll(ticketPeriods, story.log, store);
  const wanted = [...Array(one).keys()].map((n) => `${n}`).reverse();
  const ids: string[] = [];
  let after: Place | undefined;
  for (;;) {
    const found = await findAt(store.reader(ticketPeriods), {
      time: Date.parse(Story.at(story.minute)),
      where: [{ field: 'service', in: ['mail'] }],
      sort: { field: 'createdAt', descending: true },
      limit: 70,
      ...(after === undefined ? {} : { after }),
    });
    const last = found.at(-1);
    if (last === undefined) break;
    ids.push(...found.map(({ id }) => id));
    after = last;
  }
  expect(ids).toEqual(wanted);
});
