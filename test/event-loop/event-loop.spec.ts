import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TicketPage } from '#test/support/answers.js';
import { expectProblem } from '#test/support/problems.js';
import { give } from '#test/support/tickets.js';
import { routesOf, tooLong } from './held-loops.js';
import { wholeService, type Stage } from './stage.js';

let stage: Stage;
beforeAll(async () => {
  stage = await wholeService();
}, 300_000);
afterAll(() => stage.close());

describe('a request with the largest data', () => {
  it('is known for every route', async () => {
    const known = new Set(stage.requests.map(({ route }) => route));
    const routes = await routesOf(stage.desk.service);
    expect(routes.filter((route) => !known.has(route))).toEqual([]);
  });

  it('never holds the event loop for longer than 20 ms', async () => {
    expect(await tooLong(stage)).toEqual([]);
  }, 300_000);
});

describe('a full ticket', () => {
  it('says so, refuses more, and is closed', async () => {
    const { desk, data } = stage;
    const { long: ticketId } = data;
    const { body } = await desk.as('alice').get<TicketPage>(`/tickets/${ticketId}`);
    expect(body).toMatchObject({ percentFull: 100, allowed: ['confirm'] });
    const refused = await desk.as('dave').command(ticketId, 'notes', { text: 'It is slow.' });
    expect(expectProblem(refused, 'ticket_full')).toMatchObject({ allowed: [] });
    const closed = await give(desk, 'alice', ticketId, 'confirm', { rating: 1 });
    expect(closed.state).toBe('closed');
  });
});
