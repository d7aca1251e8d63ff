import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { statusOfCode, type BatchResult, type History } from '#test/support/answers.js';
import { API } from '#test/support/client.js';
import { Desk } from '#test/support/desk.js';
import { expectProblem } from '#test/support/problems.js';
import { postHead, RawConnection } from '#test/support/raw-connection.js';
import { creation, raise, ticketIn } from '#test/support/tickets.js';
import { until } from '#test/support/until.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const createLine = (changes = {}) => ({ command: 'create', ...creation(changes) });
const noteLine = (ticketId: string, text: string, more = {}) => ({
  command: 'notes',
  ticketId,
  text,
  ...more,
});
const outcomes = (results: readonly BatchResult[]) =>
  results.map(({ status, code }) => code ?? status);

const textsOf = async (ticketId: string) => {
  const { body } = await desk.as('lena').get<History>(`/tickets/${ticketId}/history`);
  return body.events.flatMap(({ data }) => ('text' in data ? [data['text']] : []));
};

describe('a batch', () => {
  it('answers each command in a line, in order, like single commands', async () => {
    const { ticketId } = await raise(desk);
    const { status, headers, results } = await desk
      .as('lena')
      .batch([
        noteLine(ticketId, 'first'),
        { command: 'handle', ticketId },
        { command: 'resolve', ticketId, summary: 'Done.' },
      ]);
    expect(status).toBe(200);
    expect(headers['content-type']).toMatch(/^application\/x-ndjson\b/);
    const answer = (state: string, revision: number, ...events: string[]) => ({
      status: 200,
      ticketId,
      reference: expect.stringMatching(/^ST-/),
      state,
      revision,
      position: expect.stringMatching(/^\d+$/),
      events,
    });
    expect(results).toEqual([
      answer('pending', 2, 'InternalNoteAdded'),
      answer('processing', 3, 'TicketAssigned'),
      answer('pending_confirmation', 4, 'ResolutionSubmitted'),
    ]);
  });

  it('creates tickets', async () => {
    const lines = [createLine(), createLine({ serviceId: 'orphan' })];
    const { results } = await desk.as('alice').batch(lines);
    expect(results).toMatchObject([
      { status: 201, events: ['TicketCreated', 'TicketDispatched'] },
      { status: 201, events: ['TicketCreated'] },
    ]);
    const { status } = await desk.as('bob').command(results[0]?.ticketId ?? '', 'handle');
    expect(status).toBe(200);
  });

  it('runs lines independently: a refused one does not affect others', async () => {
    const [one, another] = [await raise(desk), await raise(desk)];
    const { results } = await desk
      .as('bob')
      .batch([
        noteLine(one.ticketId, 'a'),
        '{ this is not JSON',
        '[]',
        '""',
        '',
        { command: 'reopen', ticketId: one.ticketId },
        { command: 'dispatch', ticketId: one.ticketId },
        { ticketId: one.ticketId },
        { command: 'notes', text: 'x' },
        { command: 'notes', ticketId: 7, text: 'x' },
        { command: 'notes', ticketId: one.ticketId },
        noteLine(one.ticketId, 'x', { colour: 'red' }),
        noteLine('no-such-ticket', 'x'),
        { command: 'cancel', ticketId: one.ticketId },
        { command: 'resume', ticketId: one.ticketId, reason: 5 },
        { ...createLine(), ticketId: one.ticketId },
        createLine(),
        '{"command":"handle","__proto__":{}}',
        noteLine(another.ticketId, 'b'),
        noteLine(one.ticketId, 'c'),
      ]);
    const invalid = 'invalid_request';
    expect(outcomes(results)).toEqual([
      200,
      ...Array.from({ length: 11 }, () => invalid),
      'not_found',
      'forbidden',
      invalid,
      invalid,
      'forbidden',
      invalid,
      200,
      200,
    ]);
    for (const result of results.filter(({ code }) => code !== undefined)) {
      expect(result).toMatchObject({
        type: expect.stringMatching(/\S/),
        title: expect.stringMatching(/\S/),
        detail: expect.stringMatching(/\S/),
        status: statusOfCode[result.code ?? ''],
      });
    }
    expect(await textsOf(one.ticketId)).toEqual(['a', 'c']);
  });

  it('runs many commands on one ticket in the order of the lines', async () => {
    const tickets = [await raise(desk), await raise(desk), await raise(desk)];
    const texts = Array.from({ length: 100 }, (_, index) => `note ${index}`);
    const lines = texts.flatMap((text) => tickets.map(({ ticketId }) => noteLine(ticketId, text)));
    const { results } = await desk.as('bob').batch(lines);
    expect(new Set(outcomes(results))).toEqual(new Set([200]));
    for (const [index, { ticketId }] of tickets.entries()) {
      const own = results.filter((_, line) => line % tickets.length === index);
      expect(own.map(({ revision }) => revision)).toEqual(texts.map((_, place) => place + 2));
      expect(await textsOf(ticketId)).toEqual(texts);
    }
  });

  // The history shows 1,000 events, of which two are the creation.
  it('accepts 1,000 commands and no more', async () => {
    const { ticketId } = await raise(desk);
    const lines = Array.from({ length: 1_000 }, (_, index) => noteLine(ticketId, `${index}`));
    const { results } = await desk.as('bob').batch(lines);
    expect(outcomes(results)).toEqual(lines.map(() => 200));
    const tooMany = await desk.as('bob').batch([...lines, noteLine(ticketId, 'one more')]);
    expectProblem(tooMany, 'invalid_request');
    expect(await textsOf(ticketId)).toHaveLength(998);
  });

  it('accepts both line endings, and a last line without one', async () => {
    const { ticketId } = await raise(desk);
    const line = JSON.stringify(noteLine(ticketId, 'x'));
    const answer = await desk.as('bob').send({
      method: 'POST',
      path: `${API}/commands`,
      headers: { 'content-type': 'application/x-ndjson' },
      body: `${line}\r\n${line}`,
    });
    expect(answer.text.trim().split('\n')).toHaveLength(2);
    expect(await textsOf(ticketId)).toEqual(['x', 'x']);
  });

  it('refuses a line over 64 KiB, and accepts the others', async () => {
    const { ticketId } = await raise(desk);
    const { results } = await desk
      .as('bob')
      .batch([noteLine(ticketId, 'x'.repeat(70_000)), noteLine(ticketId, 'y')]);
    expect(outcomes(results)).toEqual(['payload_too_large', 200]);
  });

  it.each([
    ['nothing', '', 'application/x-ndjson', 'invalid_request'],
    ['JSON', '{"command":"handle"}', 'application/json', 'unsupported_media_type'],
    ['text', 'x', 'text/plain', 'unsupported_media_type'],
  ] as const)('of %s is refused', async (_, body, type, code) => {
    const answer = await desk.as('bob').send({
      method: 'POST',
      path: `${API}/commands`,
      headers: { 'content-type': type },
      body,
    });
    expectProblem(answer, code);
  });

  it.each(['anna', 'audra', 'rita', 'petra', 'norma'] as const)(
    'is forbidden to %s',
    async (by) => {
      const answer = await desk.as(by).batch([createLine()]);
      expectProblem(answer, 'forbidden');
    },
  );
});

describe('keys and revisions in a batch', () => {
  it('replay a line like a request, within the batch and outside', async () => {
    const { ticketId } = await raise(desk);
    const keyed = noteLine(ticketId, 'once', { idempotencyKey: 'batch 1' });
    const { results } = await desk.as('bob').batch([keyed, keyed]);
    const [first, second] = results;
    expect(first).toMatchObject({ status: 200, revision: 2 });
    expect(second).toEqual({ ...first, replayed: true });
    const headers = { 'idempotency-key': 'batch 1' };
    const alone = await desk.as('bob').command(ticketId, 'notes', { text: 'once' }, headers);
    expect(alone.headers['idempotency-replayed']).toBe('true');
    expect({ status: 200, ...alone.body }).toEqual(first);
    expect(await textsOf(ticketId)).toEqual(['once']);
  });

  it.each([
    ['idempotency-key', 'batch 1', 'idempotencyKey'],
    ['if-match', '"1"', 'ifMatch'],
  ])('stand in the lines: %s of the request is refused', async (header, value, member) => {
    const { ticketId } = await raise(desk);
    const answer = await desk.as('bob').batch([noteLine(ticketId, 'x')], { [header]: value });
    expect(expectProblem(answer, 'invalid_request').detail).toContain(`"${member}"`);
    expect(await textsOf(ticketId)).toEqual([]);
  });

  it('make a creation safe to retry', async () => {
    const line = createLine({ idempotencyKey: 'batch 2' });
    const first = await desk.as('alice').batch([line]);
    const again = await desk.as('alice').batch([line]);
    expect(again.results).toEqual([{ ...first.results[0], replayed: true }]);
  });

  it('refuse a reused key', async () => {
    const { ticketId } = await raise(desk);
    const line = (text: string) => noteLine(ticketId, text, { idempotencyKey: 'batch 3' });
    const { results } = await desk.as('bob').batch([line('one'), line('two')]);
    expect(outcomes(results)).toEqual([200, 'idempotency_key_reused']);
  });

  it('refuse a line whose ticket has changed', async () => {
    const { ticketId, revision } = await ticketIn(desk, 'processing');
    const line = (ifMatch: unknown) => noteLine(ticketId, 'x', { ifMatch });
    const { results } = await desk
      .as('bob')
      .batch([
        line(`"${revision}"`),
        line(`"${revision}"`),
        line(revision + 1),
        line('5'),
        line(-1),
        line(1.5),
        line({}),
      ]);
    const invalid = Array.from({ length: 4 }, () => 'invalid_request');
    expect(outcomes(results)).toEqual([200, 'revision_mismatch', 200, ...invalid]);
  });

  it.each([[''], [7], [null], ['a\u0000b'], ['\ud800'], [{ $ne: null }]])(
    'refuse an invalid key: %j',
    async (idempotencyKey) => {
      const { ticketId } = await raise(desk);
      const { results } = await desk.as('bob').batch([noteLine(ticketId, 'x', { idempotencyKey })]);
      expect(outcomes(results)).toEqual(['invalid_request']);
    },
  );
});

describe('a batch that arrives slowly', () => {
  /** Opens a request with a body in chunks. */
  const begin = async (headers: Record<string, string> = {}) => {
    const connection = new RawConnection(desk.url);
    await connection.send(
      postHead(`${API}/commands`, {
        authorization: `Bearer ${desk.tokens.bob}`,
        'content-type': 'application/x-ndjson',
        'transfer-encoding': 'chunked',
        connection: 'close',
        ...headers,
      }),
    );
    return connection;
  };
  const chunk = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
  const written = (ticketId: string, text: string) =>
    `${JSON.stringify(noteLine(ticketId, text))}\n`;
  const answered = (connection: RawConnection, count: number) =>
    until(`${count} lines are answered`, () =>
      connection.received.split('"status":').length > count ? true : null,
    );

  it('gets the result of each line before the next line is sent', async () => {
    const { ticketId } = await raise(desk);
    const connection = await begin();
    for (const [index, text] of ['a', 'b', 'c'].entries()) {
      await connection.send(chunk(written(ticketId, text)));
      await answered(connection, index + 1);
    }
    await connection.send('0\r\n\r\n');
    await until('the answer ends', () => (connection.isOpen ? null : true));
    expect(connection.status).toBe(200);
    expect(await textsOf(ticketId)).toEqual(['a', 'b', 'c']);
  });

  it('is refused from line 1,001 on', async () => {
    const { ticketId } = await raise(desk);
    const connection = await begin();
    await connection.send(chunk(written(ticketId, 'first')));
    await answered(connection, 1);
    await connection.send(chunk('{}\n'.repeat(1_500)));
    await until('the connection is closed', () => (connection.isOpen ? null : true));
    const results = connection.received.match(/^\{.*\}$/gm) ?? [];
    expect(results).toHaveLength(1_001);
    expect(results.at(-1)).toContain('Send 1 to 1000 commands');
  });

  it('that is cut off runs its whole lines, and not the unfinished one', async () => {
    const { ticketId } = await raise(desk);
    const connection = await begin();
    await connection.send(chunk(written(ticketId, 'whole')));
    await answered(connection, 1);
    await connection.send(chunk(written(ticketId, 'unfinished').trim()));
    connection.cut();
    const { ticketId: other } = await raise(desk);
    await desk.as('bob').batch([noteLine(other, 'later')]);
    expect(await textsOf(ticketId)).toEqual(['whole']);
    expect(desk.service.complaints).toBe('');
  });
});
