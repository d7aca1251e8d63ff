import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { API } from '#test/support/client.js';
import { Desk } from '#test/support/desk.js';
import { expectProblem, pointersOf } from '#test/support/problems.js';
import { creation, raise } from '#test/support/tickets.js';
import { bodyOf, commands } from './expected-table.js';

let desk: Desk;
let note: string;
beforeAll(async () => {
  desk = await Desk.open();
  note = `${API}/tickets/${(await raise(desk)).ticketId}/notes`;
});
afterAll(() => desk.close());

const json = { 'content-type': 'application/json' };
const LIMIT = 64 * 1024;

/** Sends a raw body to the route of internal notes. */
const send = (body: string | Buffer, headers: Record<string, string> = json, path = note) =>
  desk.as('bob').send({ method: 'POST', path, headers, body });

describe('a body', () => {
  it('is accepted up to 64 KiB, including white space', async () => {
    const text = JSON.stringify({ text: 'Looked at it.' });
    expect((await send(text.padEnd(LIMIT))).status).toBe(200);
  });

  it.each([LIMIT + 1, 10 * LIMIT])('of %i bytes is refused as too large', async (size) => {
    const text = JSON.stringify({ text: 'Looked at it.' });
    expectProblem(await send(text.padEnd(size)), 'payload_too_large');
  });

  it('is measured in bytes and not in characters', async () => {
    const text = JSON.stringify({ text: '語'.repeat(22_000) });
    expect(text.length).toBeLessThan(LIMIT);
    expectProblem(await send(text), 'payload_too_large');
  });

  it.each([
    '{',
    '{"text":}',
    "{'text':'x'}",
    '{"text":"x"} trailing',
    'text=x',
    '<text/>',
    'undefined',
    '{"text":"\u0001"}',
    '\u0000',
  ])('that is not JSON is refused: %j', async (body) => {
    expectProblem(await send(body), 'invalid_request');
  });

  it.each(['[]', '[{"text":"x"}]', '"text"', '7', 'true'])(
    'that is JSON but no object is refused: %s',
    async (body) => {
      expectProblem(await send(body), 'invalid_request');
    },
  );

  it.each([
    '{"text":"x","__proto__":{"admin":true}}',
    '{"text":"x","constructor":{"prototype":{"admin":true}}}',
    '{"__proto__":null,"text":"x"}',
  ])('that pollutes prototypes is refused: %s', async (body) => {
    expectProblem(await send(body), 'invalid_request');
  });

  it.each(['', '   '])('that is empty means no fields: %j', async (body) => {
    const answer = await send(body);
    expectProblem(answer, 'invalid_request');
  });

  it('is optional for a command without fields', async () => {
    const { ticketId } = await raise(desk);
    expect((await desk.as('bob').command(ticketId, 'handle')).status).toBe(200);
  });

  it('may be empty with the content type JSON', async () => {
    const { ticketId } = await raise(desk);
    const answer = await send('', json, `${API}/tickets/${ticketId}/handle`);
    expect(answer.status).toBe(200);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/xml',
    'application/jsonp',
    'not a type',
    'application/x-ndjson',
  ])('with the content type %s is refused', async (type) => {
    const answer = await send(JSON.stringify({ text: 'x' }), { 'content-type': type });
    expect(expectProblem(answer, 'unsupported_media_type').detail).toContain('application/json');
    expect(answer.headers.accept).toBe('application/json');
  });

  it('without a content type is refused', async () => {
    expectProblem(await send(JSON.stringify({ text: 'x' }), {}), 'unsupported_media_type');
  });

  it.each([
    'application/json; charset=utf-8',
    'application/json;charset="UTF8"',
    'APPLICATION/JSON',
  ])('of %s is JSON', async (type) => {
    const answer = await send(JSON.stringify({ text: 'x' }), { 'content-type': type });
    expect(answer.status).toBe(200);
  });

  it('preserves every character of a text', async () => {
    const text = 'é, \u{1F600}, "quotes", \\backslash\\, </script>, \u2028.';
    const answer = await desk.as('bob').post(note.slice(API.length), { text });
    expect(answer.status).toBe(200);
    const page = await desk
      .as('bob')
      .get<{ notes: { text: string }[] }>(
        `${note.slice(API.length, -'/notes'.length)}?minPosition=${answer.body.position}`,
      );
    expect(page.body.notes.at(-1)?.text).toBe(text);
  });

  it.each<[string, number[]]>([
    ['a byte of Latin-1', [0xe9]],
    ['a character cut short', [0xe8, 0xaa]],
    ['an overlong form', [0xc0, 0xaf]],
    ['half a surrogate pair', [0xed, 0xa0, 0xbd]],
    ['more than Unicode has', [0xf4, 0x90, 0x80, 0x80]],
  ])('with %s is refused, whatever its charset or transfer', async (_, bytes) => {
    const body = Buffer.from([...Buffer.from('{"text":"a'), ...bytes, ...Buffer.from('"}')]);
    for (const type of ['application/json', 'application/json; charset=utf-8']) {
      for (const transfer of [{}, { 'transfer-encoding': 'chunked' }] as Record<string, string>[]) {
        const headers = { 'content-type': type, ...transfer };
        expectProblem(await send(body, headers), 'invalid_request');
      }
    }
    const line = Buffer.concat([Buffer.from('{"command":"notes",'), body.subarray(1)]);
    const headers = { 'content-type': 'application/x-ndjson' };
    const { text } = await send(line, headers, `${API}/commands`);
    expect(JSON.parse(text)).toMatchObject({ status: 400, code: 'invalid_request' });
  });

  it.each(['iso-8859-1', '"UTF-16"', 'utf-7', 'windows-1252', 'x'])(
    'in the charset %s is refused, alone and in a batch',
    async (charset) => {
      const json = `application/json; charset=${charset}`;
      const text = JSON.stringify({ text: 'x' });
      expectProblem(await send(text, { 'content-type': json }), 'unsupported_media_type');
      for (const type of ['application/x-ndjson', 'application/jsonl']) {
        const headers = { 'content-type': `${type};Charset=${charset}` };
        const answer = await send(text, headers, `${API}/commands`);
        expect(expectProblem(answer, 'unsupported_media_type').detail).toContain('UTF-8');
      }
    },
  );

  it('with half a surrogate pair is refused, since it cannot be stored', async () => {
    const answer = await send('{"text":"half \\ud83d a pair"}');
    expect(pointersOf(expectProblem(answer, 'invalid_request'))).toEqual(['/text']);
  });
});

describe('a query', () => {
  it.each(['%ff', '%C3', '%E8%AA', '%ED%A0%80', '%', '%zz', 'caf%E9'])(
    'with %s is refused: it is not percent-encoded UTF-8',
    async (value) => {
      for (const query of [`q=${value}`, `requester=a&${value}=1`]) {
        const path = `${API}/tickets?${query}`;
        expectProblem(await desk.as('lena').send({ method: 'GET', path }), 'invalid_request');
      }
    },
  );
});

describe('unknown fields', () => {
  it.each(commands)('of the command %s are refused and named', async (command) => {
    const path = `${note.slice(API.length, -'/notes'.length)}/${command}`;
    const answer = await desk.as('lena').post(path, { ...bodyOf(command), 'a/b~c': 1 });
    const problem = expectProblem(answer, 'invalid_request');
    expect(pointersOf(problem)).toEqual(['/a~1b~0c']);
  });

  it('of a creation are refused, including nested ones', async () => {
    const agreement = { accepted: true, version: '1', by: 'me' };
    const answer = await desk
      .as('alice')
      .post('/tickets', creation({ agreement, state: 'closed' }));
    const problem = expectProblem(answer, 'invalid_request');
    expect(pointersOf(problem)).toEqual(['/agreement/by', '/state']);
  });

  it.each([
    ['/services/vpn', { name: 'VPN', owners: ['bob'] }, '/owners'],
    ['/services/vpn/owners', { engineerIds: ['bob'], force: true }, '/force'],
    ['/engineers/bob', { displayName: 'Bob', email: 'b@o.example', role: 'lead' }, '/role'],
  ])('of PUT %s are refused', async (path, body, pointer) => {
    const answer = await desk.as('anna').put(path, body);
    expect(pointersOf(expectProblem(answer, 'invalid_request'))).toEqual([pointer]);
  });
});
