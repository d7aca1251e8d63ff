import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from '#test/support/client.js';
import { Desk } from '#test/support/desk.js';
import type { OpenApiDocument } from '#test/support/openapi.js';
import { tokenFor } from '#test/support/people.js';
import { expectProblem, pointersOf, problemOf } from '#test/support/problems.js';
import { creation, raise } from '#test/support/tickets.js';

/** An escape of terminals in C0, the same in C1, DEL, and characters that reorder a line. */
const steering = ['\u001b[2J', '\u009b2J', '\u007f', '\u202e', '\u2066', '\r'];

const roles = ['customer', 'engineer', 'lead', 'admin', 'auditor', 'reporter'];
const TICKET = '019ab3c4-5d6e-7f80-9123-456789abcdef';

let desk: Desk;
let omni: Client;
let document: OpenApiDocument;
beforeAll(async () => {
  desk = await Desk.open();
  omni = new Client(desk.url, await tokenFor(desk.folder, { sub: 'omni', tenant: 'acme', roles }));
  const request = { method: 'GET', path: '/api/openapi.json' } as const;
  document = (await desk.asNobody().json<OpenApiDocument>(request)).body;
});
afterAll(() => desk.close());

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: unknown;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
}

/** Bodies with one bad text each, and the pointer to it, for every text of a schema. */
function badBodies(schema: Schema, bad: string, pointer = ''): [pointer: string, body: unknown][] {
  const { $ref, type, items, properties, ...rest } = schema;
  if ($ref !== undefined) {
    const name = $ref.split('/').at(-1) ?? '';
    return badBodies(document.components.schemas[name] as Schema, bad, pointer);
  }
  if (type === 'string' && rest.enum === undefined) return [[pointer, `a${bad}b`]];
  if (items !== undefined) {
    return badBodies(items, bad, `${pointer}/0`).map(([at, body]) => [at, [body]]);
  }
  return Object.entries(properties ?? {}).flatMap(([name, part]) =>
    badBodies(part, bad, `${pointer}/${name}`).map(([at, body]): [string, unknown] => [
      at,
      { [name]: body },
    ]),
  );
}

const pathOf = (path: string): string =>
  path
    .replace('/api/v1', '')
    .replaceAll(/\{(\w+)\}/g, (_, name: string) => (name === 'ticketId' ? TICKET : 'vpn'));

describe.each(steering)('a text with %j', (bad) => {
  it('is refused in every body, with its pointer', async () => {
    let checked = 0;
    for (const [path, operations] of Object.entries(document.paths)) {
      for (const method of ['post', 'put'] as const) {
        const content = operations[method]?.requestBody?.content['application/json'];
        if (content === undefined) continue;
        for (const [pointer, body] of badBodies(content.schema as Schema, bad)) {
          const answer = await omni[method](pathOf(path), body);
          expect({ path, pointers: pointersOf(expectProblem(answer, 'invalid_request')) }).toEqual({
            path,
            pointers: expect.arrayContaining([pointer]),
          });
          checked += 1;
        }
      }
    }
    expect(checked).toBeGreaterThan(25);
  });

  it('is refused in every parameter of a query, with its pointer', async () => {
    let checked = 0;
    for (const [path, { get }] of Object.entries(document.paths)) {
      for (const { name, in: place } of get?.parameters ?? []) {
        if (place !== 'query') continue;
        const query = `${name}=${encodeURIComponent(`a${bad}b`)}`;
        const problem = expectProblem(
          await omni.get(`${pathOf(path)}?${query}`),
          'invalid_request',
        );
        expect({ path, named: pointersOf(problem)[0] }).toEqual({
          path,
          named: expect.stringMatching(new RegExp(`^/${name}`)),
        });
        checked += 1;
      }
    }
    expect(checked).toBeGreaterThan(25);
  });

  it('is refused in a batch: in a command and in its key', async () => {
    const { results } = await omni.batch([
      { command: 'create', ...creation({ description: `a${bad}` }) },
      { command: 'create', ...creation(), idempotencyKey: `a${bad}` },
    ]);
    expect(results).toMatchObject([
      { status: 400, errors: [{ pointer: '/description' }] },
      { status: 400, errors: [{ pointer: '/idempotencyKey' }] },
    ]);
  });

  it('is refused in the id of an engineer and of a service', async () => {
    const id = encodeURIComponent(`a${bad}`);
    const engineer = { displayName: 'A', email: 'a@operator.example' };
    const answers = [
      await omni.put(`/engineers/${id}`, engineer),
      await omni.put(`/services/${id}`, { name: 'A' }),
    ];
    for (const answer of answers) {
      expect(pointersOf(expectProblem(answer, 'invalid_request'))).toHaveLength(1);
    }
  });

  it('is refused in the claims of a token', async () => {
    for (const claims of [{ sub: `a${bad}` }, { sub: 'a', tenant: `a${bad}` }]) {
      const token = await tokenFor(desk.folder, { roles: ['customer'], ...claims });
      const answer = await new Client(desk.url, token).get('/tickets');
      expectProblem(answer, 'unauthenticated');
    }
  });
});

describe('headers', () => {
  it('have no control characters: Idempotency-Key is refused, X-Correlation-Id is not taken', async () => {
    const key = { 'idempotency-key': 'a\u009bb' };
    expectProblem(await desk.as('alice').post('/tickets', creation(), key), 'invalid_request');
    const correlation = { 'x-correlation-id': 'a\u009bb', traceparent: 'a\u009bb' };
    const { status, body } = await desk.as('alice').post('/tickets', creation(), correlation);
    expect(status).toBe(201);
    const history = await desk.as('alice').get(`/tickets/${body.ticketId}/history`);
    expect(history.text).not.toContain('\u009b');
  });
});

describe('texts as people write them', () => {
  it('are kept: several lines, tabs, marks of scripts from right to left', async () => {
    const description = 'One.\r\nTwo:\n\t“ثلاثة”\u200f 👨‍👩‍👧';
    const { ticketId, position } = await raise(desk, { description });
    const path = `/tickets/${ticketId}?minPosition=${position}`;
    const { body } = await desk.as('alice').get<{ description: string }>(path);
    expect(body.description).toBe(description);
  });

  it('are no names: those are on one line', async () => {
    const answer = await desk.as('anna').put('/services/two-lines', { name: 'One\nTwo' });
    expect(pointersOf(problemOf(answer))).toEqual(['/name']);
  });
});

describe('onBehalfOf', () => {
  it('names any customer that a token can name, also one without an organisation', async () => {
    const sub = 'auth0|https://acme.example/a';
    for (const onBehalfOf of [{ id: sub, tenant: 'acme' }, { id: sub }]) {
      const answer = await desk.as('bob').post('/tickets', creation({ onBehalfOf }));
      expect(answer.status).toBe(201);
      const token = await tokenFor(desk.folder, {
        sub,
        roles: ['customer'],
        ...('tenant' in onBehalfOf ? { tenant: 'acme' } : {}),
      });
      const { ticketId, position } = answer.body;
      const path = `/tickets/${ticketId}?minPosition=${position}`;
      expect((await new Client(desk.url, token).get(path)).status).toBe(200);
      const filter = `/tickets?requester=${encodeURIComponent(sub)}&minPosition=${position}`;
      expect((await desk.as('lena').get(filter)).text).toContain(ticketId);
    }
  });
});
