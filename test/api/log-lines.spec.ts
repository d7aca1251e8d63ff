import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Client } from '#test/support/client.js';
import { Desk } from '#test/support/desk.js';
import { creation, raise } from '#test/support/tickets.js';

const REPEATS = 100;

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open({ LOG_LEVEL: 'info' });
});
afterAll(() => desk.close());

it('nothing that a caller repeats fills the log', async () => {
  const { ticketId } = await raise(desk);
  const note = `/tickets/${ticketId}/notes`;
  const asks: readonly (() => Promise<{ status: number }>)[] = [
    () => desk.asNobody().get('/tickets'),
    () => new Client(desk.url, 'no.such.token').get('/tickets'),
    () => desk.as('alice').get('/tickets?limit=many'),
    () => desk.as('alice').get('/tickets?minPosition=999999999999'),
    () => desk.as('bob').get('/events?minPosition=999999999999'),
    () => desk.as('bob').get(`/tickets/${ticketId}x`),
    () => desk.as('bob').get('/no-such-path'),
    () => desk.as('alice').post('/tickets', creation({ serviceId: 'none' })),
    () => desk.as('alice').command(ticketId, 'confirm'),
    () => desk.as('alice').command(ticketId, 'handle'),
    () => desk.as('bob').post(note, { text: 'Note.' }, { 'if-match': '"999"' }),
    () => desk.as('bob').post(note, { text: '\u001b' }),
    () => desk.as('bob').json({ method: 'POST', path: `/api/v1${note}`, body: '{' }),
  ];
  const before = desk.service.output.length;
  for (const ask of asks) {
    const statuses = await Promise.all(
      Array.from({ length: REPEATS }, async () => (await ask()).status),
    );
    expect(Math.min(...statuses)).toBeGreaterThanOrEqual(400);
    expect(Math.max(...statuses)).toBeLessThan(500);
  }
  const lines = desk.service.output.slice(before).split('\n');
  expect(lines.filter((line) => line !== '' && !line.includes('"health '))).toEqual([]);
  expect(desk.service.errors).toBe('');
});
