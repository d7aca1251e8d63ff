import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { API } from '#test/support/client.js';
import { Desk } from '#test/support/desk.js';
import { EventStream } from '#test/support/event-stream.js';
import { metricsOf } from '#test/support/metrics.js';
import { RawConnection } from '#test/support/raw-connection.js';
import { give, raise } from '#test/support/tickets.js';
import { until } from '#test/support/until.js';

const MIB = 1024 * 1024;
const BUDGET_MIB = 8;

/** What one person who is no customer may hold. */
const SHARE = (BUDGET_MIB * MIB) / 4;

/** More than have room in the share, each with a text of 64 KiB. */
const UNREAD_STREAMS = 60;

/** The kernel takes some megabytes of each stream. */
const BATCHES = 30;

let desk: Desk;
let ticketId: string;
let last: string;
beforeAll(async () => {
  desk = await Desk.open({ HTTP_ANSWERS_MIB: String(BUDGET_MIB) });
  ({ ticketId } = await raise(desk));
  const text = 'It is slow. '.repeat(300);
  const lines = Array.from({ length: 100 }, () => ({ command: 'notes', ticketId, text }));
  for (let batch = 0; batch < BATCHES; batch++) {
    const { results } = await desk.as('bob').batch(lines);
    last = results.at(-1)?.position ?? '';
  }
});
afterAll(() => desk.close());

const metric = async (name: string): Promise<number> =>
  (await metricsOf(desk.url)).get(name) ?? NaN;

/** Asks for everything that has happened, and reads nothing of it. */
async function unreadStream(): Promise<RawConnection> {
  const connection = new RawConnection(desk.url);
  connection.pause();
  const authorization = `Authorization: Bearer ${desk.tokens.bob}`;
  const head = `GET ${API}/events HTTP/1.1\r\nHost: x\r\n${authorization}\r\nLast-Event-ID: 0\r\n`;
  await connection.send(`${head}\r\n`);
  return connection;
}

it('streams that nobody reads hold a share, are cut, and disturb nobody', async () => {
  const reading = await EventStream.open(desk.as('carol'), last);
  const unread = await Promise.all(Array.from({ length: UNREAD_STREAMS }, unreadStream));
  let most = 0;
  const held = async () => {
    most = Math.max(most, await metric('tickets_unread_bytes'));
    return most;
  };
  await until('the share is full', async () => ((await held()) > SHARE - MIB ? true : null));

  // Others, and the same person's queries, go on.
  const { position } = await give(desk, 'carol', ticketId, 'notes', { text: 'It is slow.' });
  await reading.reaches(position);
  expect((await desk.as('bob').get('/tickets')).status).toBe(200);
  expect((await desk.as('alice').get(`/tickets/${ticketId}`)).status).toBe(200);

  // The person's next stream gets the room of those that are not read.
  const own = await EventStream.open(desk.as('bob'), last);
  await own.reaches(position);
  await until('streams are cut', async () => {
    await held();
    return (await metric('tickets_open_event_streams')) < UNREAD_STREAMS ? true : null;
  });
  expect(most).toBeLessThanOrEqual(SHARE);
  for (const stream of [reading, own, ...unread]) stream.cut();
  await until('nothing is held', async () =>
    (await metric('tickets_unread_bytes')) === 0 ? true : null,
  );
});
