import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Desk } from '#test/support/desk.js';
import { metricsOf } from '#test/support/metrics.js';
import { expectProblem } from '#test/support/problems.js';
import { give, raise } from '#test/support/tickets.js';
import { until } from '#test/support/until.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

/** The last revision of a ticket that was created, dispatched, handled and noted on. */
const LAST = 3;

async function ticket(): Promise<string> {
  const { ticketId } = await raise(desk);
  await give(desk, 'bob', ticketId, 'handle');
  await give(desk, 'bob', ticketId, 'notes', { text: 'Noted.' });
  return ticketId;
}

/** Changes the log of the stopped service. */
function inLog(change: (database: InstanceType<typeof DatabaseSync>) => void): void {
  const database = new DatabaseSync(join(desk.folder, 'events.db'));
  change(database);
  database.close();
}

const IN_STREAM = 'stream = (SELECT number FROM streams WHERE name = ?)';

/** The positions of the events of a stream. */
function positionsOf(stream: string): readonly number[] {
  let positions: number[] = [];
  inLog((database) => {
    const rows = database.prepare(
      `SELECT position FROM events WHERE ${IN_STREAM} ORDER BY revision`,
    );
    positions = (rows.all(stream) as { position: number }[]).map(({ position }) => position);
  });
  return positions;
}

const remove = (stream: string, revisions: string): void => {
  inLog((database) => {
    database.prepare(`DELETE FROM events WHERE revision ${revisions} AND ${IN_STREAM}`).run(stream);
  });
};

const exchange = (one = -1, other = -1): void => {
  inLog((database) => {
    const move = database.prepare('UPDATE events SET position = ? WHERE position = ?');
    for (const [to, from] of [
      [-9, one],
      [one, other],
      [other, -9],
    ])
      move.run(to, from);
  });
};

it('are noticed by the check of the log, and named with stream, revision and position', async () => {
  // Given
  const [last, builtOn, whole, middle, swapped, intact] = await Promise.all(
    Array.from({ length: 6 }, ticket),
  );
  const serviceId = 'short';
  for (const name of ['Short', 'Shorter'])
    await desk.as('anna').put(`/services/${serviceId}`, { name });
  const { position } = await raise(desk);
  await desk.caughtUp(position);
  await desk.service.stop();
  const places = new Map(
    [last, builtOn, whole, middle, swapped]
      .map((id) => `ticket-${id}`)
      .concat(`service-${serviceId}`)
      .map((stream) => [stream, positionsOf(stream)]),
  );
  const at = (stream: string, revision: number) => places.get(stream)?.[revision];
  remove(`ticket-${last}`, `= ${LAST}`);
  remove(`ticket-${builtOn}`, `= ${LAST}`);
  remove(`ticket-${whole}`, '>= 0');
  remove(`ticket-${middle}`, '= 2');
  remove(`service-${serviceId}`, '= 1');
  exchange(at(`ticket-${swapped}`, 1), at(`ticket-${swapped}`, 2));
  await desk.restart();
  // When
  const { position: next } = await give(desk, 'bob', `${builtOn}`, 'notes', { text: 'Built on.' });
  await desk.as('anna').post('/admin/projections/log-check/rebuild', {});
  // Then
  const expected: [string, string, string][] = [
    [
      `/tickets/${last}`,
      `ticket-${last}`,
      `revision ${LAST} at position ${at(`ticket-${last}`, LAST)} is missing at the end of its stream, after revision 2 at position ${at(`ticket-${last}`, 2)}`,
    ],
    [
      `/tickets/${builtOn}`,
      `ticket-${builtOn}`,
      `revision ${LAST} at position ${at(`ticket-${builtOn}`, LAST)} was removed, and another one at position ${next} has its revision`,
    ],
    [
      `/tickets/${whole}`,
      `ticket-${whole}`,
      `revision ${LAST} at position ${at(`ticket-${whole}`, LAST)} is missing with its whole stream`,
    ],
    [
      `/tickets/${middle}`,
      `ticket-${middle}`,
      `revision 2 at position ${at(`ticket-${middle}`, LAST)} is missing between revision 1 at position ${at(`ticket-${middle}`, 1)} and revision 3 at position ${at(`ticket-${middle}`, LAST)}`,
    ],
    [
      `/tickets/${swapped}`,
      `ticket-${swapped}`,
      `revision 2 at position ${at(`ticket-${swapped}`, 1)} is before an earlier one in the log`,
    ],
    [
      `/services/${serviceId}`,
      `service-${serviceId}`,
      `revision 1 at position ${at(`service-${serviceId}`, 1)} is missing at the end of its stream`,
    ],
  ];
  for (const [path, stream, words] of expected) {
    const refused = await until(`${stream} is refused`, async () => {
      const answer = await desk.as('bob').get(path);
      return answer.status === 500 ? answer : null;
    });
    const { detail } = expectProblem(refused, 'history_damaged');
    expect(detail).toContain(`The history of ${stream} is damaged: the event of ${words}`);
    expect(desk.service.complaints).toContain(words);
  }
  for (const id of [last, builtOn, whole, middle, swapped])
    expectProblem(
      await desk.as('bob').command(`${id}`, 'notes', { text: 'No.' }),
      'history_damaged',
    );
  expect((await desk.as('bob').get(`/tickets/${intact}`)).status).toBe(200);
  await give(desk, 'bob', `${intact}`, 'notes', { text: 'Goes on.' });
  expect((await metricsOf(desk.url)).get('tickets_damaged_streams')).toBeGreaterThanOrEqual(6);
});
