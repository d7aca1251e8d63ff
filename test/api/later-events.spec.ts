import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anEvent } from '#event-store/testing/events.js';
import type { TicketAccepted } from '#test/support/answers.js';
import { Desk } from '#test/support/desk.js';
import { EventStream } from '#test/support/event-stream.js';
import { openLog } from '#test/support/log.js';
import { expectProblem } from '#test/support/problems.js';
import { give, raise } from '#test/support/tickets.js';
import { until } from '#test/support/until.js';

describe('an event of a later version', () => {
  let desk: Desk;
  let ticket: TicketAccepted;
  let other: TicketAccepted;
  beforeAll(async () => {
    desk = await Desk.open();
    ticket = await raise(desk);
    other = await raise(desk);
    await desk.service.stop();
    const log = await openLog(desk);
    const later = anEvent({ type: 'InternalNoteAdded', schemaVersion: 99, data: {} });
    const stream = `ticket-${ticket.ticketId}`;
    const [last] = await log.readStream(stream, { direction: 'backwards', limit: 1 });
    if (last === undefined) throw new Error('The ticket is not in the log.');
    await log.append(stream, last, [later]);
    await log.close();
    await desk.restart();
  });
  afterAll(() => desk.close());

  const words =
    'The log contains InternalNoteAdded version 99, which this version does not know. Run the version that wrote it, or a later one.';

  it('makes commands on its ticket and its history unavailable, and reports what to do', async () => {
    for (const answer of [
      await desk.as('bob').command(ticket.ticketId, 'handle'),
      await desk.as('bob').get(`/tickets/${ticket.ticketId}/history`),
    ]) {
      expect(expectProblem(answer, 'unavailable').detail).toBe(words);
      expect(answer.headers['retry-after']).toBeUndefined();
    }
  });

  it('parks its ticket in the read models, visibly', async () => {
    await until('the tickets have it', async () => {
      const { body } = await desk.asNobody().json({ method: 'GET', path: '/health/ready' });
      return JSON.stringify(body).includes('"projection tickets":"streams parked: 1"') || null;
    });
    const { body } = await desk.as('anna').get<{
      items: { failures: object[] }[];
    }>('/admin/consumers');
    for (const { failures } of body.items.filter((item) => item.failures.length > 0)) {
      expect(failures).toMatchObject([{ kind: 'parked', error: words }]);
    }
  });

  it('does not affect other tickets, and live updates continue', async () => {
    const stream = await EventStream.open(desk.as('bob'), other.position);
    const { position } = await give(desk, 'bob', other.ticketId, 'handle');
    const { body } = await desk.as('bob').get(`/tickets/${other.ticketId}?minPosition=${position}`);
    expect(body).toMatchObject({ state: 'processing' });
    await stream.reaches(position);
    expect(stream.events.at(-1)).toMatchObject({ position, ticketId: other.ticketId });
    stream.cut();
  });
});
