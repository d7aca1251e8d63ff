import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { LogReader } from '#consuming/log-reader.js';
import { projectAll } from '#consuming/testing/projecting.js';
import { engineerEvents } from '#event-store/testing/todays-events.js';
import { engineers } from '#projections/engineers.js';
import { Story } from '#projections/testing/story.js';
import type { Until } from '#projections/past/events-until.js';
import { DamagedHistories } from '#platform/process/damaged-histories.js';
import { Metrics } from '#platform/process/metrics.js';
import { RealSystem } from '#platform/system.js';
import { ticketId, ticketThatIs } from '#ticketing/testing/tickets.js';
import { Views } from '#projections/views.js';
import { SqliteViewStore } from '#view-stores/sqlite/sqlite-view-store.js';
import { Freshness } from '../freshness.js';
import { ShowPastTicket, ShowPastTicketHandler } from './show-past-ticket-query.js';

const bob = { id: 'bob', tenant: null, roles: ['engineer'] } as const;
const events = ticketThatIs.pending_confirmation;

let story: Story;
beforeEach(async () => {
  story = new Story();
  await story.ticket(ticketId, ...events);
});

/** A system with a fixed time. */
class Stopped extends RealSystem {
  constructor(private readonly time: string) {
    super();
  }
  override now(): string {
    return this.time;
  }
}

const store = new SqliteViewStore(':memory:');
beforeAll(async () => {
  const registry = new Story();
  const data = { ...engineerEvents.EngineerRegistered, engineerId: 'bob', active: true };
  await registry.engineer('bob', { type: 'EngineerRegistered', data });
  await projectAll(engineers, registry.log, store);
});
afterAll(() => store.close());

async function allowed(now: string, until: Until): Promise<readonly string[]> {
  const freshness = new Freshness(new LogReader(story.log), store);
  const handler = new ShowPastTicketHandler(
    freshness,
    story.log,
    new Views(store),
    new DamagedHistories(store, new Metrics()),
    new Stopped(now),
  );
  const page = await handler.execute(new ShowPastTicket(bob, ticketId, until, {}));
  return page.allowed;
}

const then = Story.at(events.length - 1);
const inTenYears = '2036-11-24T12:00:00.000Z';

it('a ticket in the past has the commands allowed then, although it is overdue now', async () => {
  for (const until of [{ revision: events.length - 1 }, { time: Date.parse(then) }]) {
    expect(await allowed(inTenYears, until)).toContain('withdraw-resolution');
    expect(await allowed(inTenYears, until)).not.toContain('close');
  }
});

it('a ticket in the future has the commands allowed now', async () => {
  const until = { time: Date.parse(inTenYears) };
  expect(await allowed(then, until)).not.toContain('close');
  expect(await allowed(inTenYears, until)).toContain('close');
});

it('a ticket whose clock stepped back is as it was before the first event that is later', async () => {
  story.minute = 0;
  await story.ticket(ticketId, { type: 'ResolutionWithdrawn', data: { reason: 'It was wrong.' } });
  expect(await allowed(then, { time: Date.parse(then) })).toContain('resolve');
  expect(await allowed(then, { time: Date.parse(then) - 1 })).toContain('resolve');
  expect(await allowed(then, { time: Date.parse(Story.at(0)) })).not.toContain('resolve');
});
