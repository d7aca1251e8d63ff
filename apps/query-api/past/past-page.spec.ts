import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { ticketEvents } from '#event-store/testing/todays-events.js';
import { SqliteViewStore } from '#view-stores/sqlite/sqlite-view-store.js';
import { projectAll } from '#consuming/testing/projecting.js';
import { Story } from '#projections/testing/story.js';
import { ticketPeriods } from '#projections/ticket-periods.js';
import { readPastPage, type PastPage } from './past-page.js';

const TICKETS = 2_300;
const RARE = [5, 2_100, 2_200];

let store: SqliteViewStore;
let story: Story;
beforeEach(() => {
  store = new SqliteViewStore(':memory:');
  story = new Story();
});
afterEach(() => store.close());

it('searches a limited number of tickets for a page, and the next page continues there', async () => {
  for (let n = 0; n < TICKETS; n++) {
    const description = RARE.includes(n) ? 'It is rare.' : 'It is not.';
    const data = { ...ticketEvents.TicketCreated, ticketId: `${n}`, description };
    await story.ticket(`${n}`, { type: 'TicketCreated', data });
  }
  await projectAll(ticketPeriods, story.log, store);
  const page = (after?: PastPage['next']): Promise<PastPage> =>
    readPastPage(
      { periods: store.reader(ticketPeriods), log: story.log },
      {
        time: Date.parse(Story.at(TICKETS)),
        where: [],
        sort: { field: 'from', descending: false },
        limit: 2,
        ...(after ? { after } : {}),
      },
      ['rare'],
    );
  const idsOf = ({ views }: PastPage) => views.map(({ ticket }) => ticket.ticketId);

  const first = await page();
  expect(idsOf(first)).toEqual(['5']);
  expect(first.next).toMatchObject({ id: '1999' });
  const second = await page(first.next);
  expect(idsOf(second)).toEqual(['2100', '2200']);
  const third = await page(second.next);
  expect(third).toEqual({ views: [], next: null });
});
