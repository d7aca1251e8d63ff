import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  Entries,
  EntryPage,
  History,
  HistoryEvent,
  TicketPage,
} from '#test/support/answers.js';
import type { Answer } from '#test/support/client.js';
import { Desk } from '#test/support/desk.js';
import type { Name } from '#test/support/people.js';
import { raise } from '#test/support/tickets.js';

const MAX_ANSWER_BYTES = 1_024 * 1_024;
const EACH = 60;

let desk: Desk;
let ticketId: string;
/** The position and the revision of the ticket's last event. */
let position: string;
let revision: number;

/** A long text that begins with a number. */
const textOf = (n: number): string => `${n} `.padEnd(9_900, 'é');

beforeAll(async () => {
  desk = await Desk.open();
  ({ ticketId } = await raise(desk, { description: 'ö'.repeat(9_999) }));
  const line = (command: string, body: object) => ({ command, ticketId, ...body });
  for (let n = 0; n < EACH; n++) {
    const message = line('messages', { message: textOf(n) });
    const note = line('notes', { text: textOf(n) });
    expect((await desk.as('alice').batch([message])).results[0]?.status).toBe(200);
    const [last] = (await desk.as('bob').batch([note])).results;
    position = last?.position ?? '';
    revision = last?.revision ?? 0;
  }
});
afterAll(() => desk.close());

const numbersOf = (texts: readonly string[] = []): number[] => texts.map((text) => parseInt(text));
const entriesOf = ({ messages, notes }: Entries) => ({
  messages: numbersOf(messages.map(({ message }) => message)),
  notes: numbersOf(notes?.map(({ text }) => text)),
});
const all = Array.from({ length: EACH }, (_, n) => n);

/** A ticket's page, and all further pages of its messages and notes; each of a limited size. */
async function everyEntry(by: Name, query: string, limit: number) {
  const first = await desk.as(by).get<TicketPage>(`/tickets/${ticketId}?${query}`);
  expect(first.status).toBe(200);
  expect(Buffer.byteLength(first.text)).toBeLessThan(MAX_ANSWER_BYTES);
  let { messages, notes } = entriesOf(first.body);
  let cursor = first.body.entriesCursor ?? null;
  let pages = 1;
  for (; cursor !== null; pages++) {
    const next = await desk
      .as(by)
      .get<EntryPage>(`/tickets/${ticketId}/entries?limit=${limit}&cursor=${cursor}`);
    expect(next.status).toBe(200);
    expect(Buffer.byteLength(next.text)).toBeLessThan(MAX_ANSWER_BYTES);
    const found = entriesOf(next.body);
    messages = [...found.messages, ...messages];
    notes = [...found.notes, ...notes];
    cursor = next.body.nextCursor;
  }
  return { messages, notes, pages };
}

/** The events of all pages of the history. */
async function everyEvent(by: Name, limit: number) {
  const events: HistoryEvent[] = [];
  let pages = 0;
  for (let from: number | undefined = 0; from !== undefined; pages++) {
    const path = `/tickets/${ticketId}/history?limit=${limit}&from=${from}`;
    const page: Answer<History> = await desk.as(by).get<History>(path);
    expect(page.status).toBe(200);
    expect(Buffer.byteLength(page.text)).toBeLessThan(MAX_ANSWER_BYTES);
    events.push(...page.body.events);
    from = page.body.nextFrom;
  }
  return { revisions: events.map((event) => event.revision), pages };
}

describe('a history with long messages and notes', () => {
  const revisions = Array.from({ length: 2 + 2 * EACH }, (_, index) => index);

  it('has them on pages of a limited size', async () => {
    expect(await everyEvent('bob', 1_000)).toEqual({ revisions, pages: 5 });
    expect(await everyEvent('bob', 10)).toEqual({ revisions, pages: 13 });
  });

  it('has the events that a customer may read, on pages of as many', async () => {
    const { events } = (await desk.as('alice').get<History>(`/tickets/${ticketId}/history`)).body;
    expect(events.map(({ type }) => type)).not.toContain('InternalNoteAdded');
    const ofAlice = revisions.filter((one) => one < 2 || one % 2 === 0);
    expect(await everyEvent('alice', 5)).toMatchObject({ revisions: ofAlice });
    expect(await everyEvent('alice', 1_000)).toEqual({ revisions: ofAlice, pages: 3 });
  });

  it('has no next page at its end', async () => {
    const path = `/tickets/${ticketId}/history?from=${revision}&limit=1`;
    expect((await desk.as('bob').get(path)).body).not.toHaveProperty('nextFrom');
    const beyond = `/tickets/${ticketId}/history?from=${revision + 1}`;
    expect((await desk.as('bob').get(beyond)).body).toEqual({ ticketId, events: [] });
  });
});

describe('a ticket with long messages and notes', () => {
  it.each(['now', 'then'])('has them on pages of a limited size, %s', async (time) => {
    const query = time === 'now' ? `minPosition=${position}` : `revision=${revision}`;
    const ofBob = await everyEntry('bob', query, 200);
    expect(ofBob).toEqual({ messages: all, notes: all, pages: 5 });
    const few = await everyEntry('bob', query, 7);
    expect(few).toMatchObject({ messages: all, notes: all });
    expect(few.pages).toBeGreaterThan(10);
    const ofAlice = await everyEntry('alice', query, 200);
    expect(ofAlice).toEqual({ messages: all, notes: [], pages: 3 });
  });

  it('has no cursor where the page has everything', async () => {
    const small = await raise(desk);
    const path = `/tickets/${small.ticketId}?minPosition=${small.position}`;
    expect((await desk.as('alice').get(path)).body).not.toHaveProperty('entriesCursor');
  });

  it('shows its entries from the latest page without a cursor', async () => {
    const path = `/tickets/${ticketId}/entries?limit=3&minPosition=${position}`;
    const { body } = await desk.as('bob').get<EntryPage>(path);
    expect(entriesOf(body)).toEqual({ messages: [EACH - 1], notes: [EACH - 2, EACH - 1] });
    const own = await desk.as('alice').get<EntryPage>(path);
    expect(own.body).not.toHaveProperty('notes');
    expect(entriesOf(own.body).messages).toEqual([EACH - 3, EACH - 2, EACH - 1]);
  });

  it("refuses a cursor of another caller's entries, and hides a foreign ticket", async () => {
    const { body } = await desk.as('bob').get<EntryPage>(`/tickets/${ticketId}/entries?limit=1`);
    const path = `/tickets/${ticketId}/entries?cursor=${body.nextCursor ?? ''}`;
    expect((await desk.as('alice').get(path)).status).toBe(400);
    expect((await desk.as('mallory').get(`/tickets/${ticketId}/entries`)).status).toBe(404);
  });
});
