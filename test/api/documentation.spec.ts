import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { typesOf } from '#test/openapi/types-of.js';
import { statusOfCode } from '#test/support/answers.js';
import { Desk } from '#test/support/desk.js';
import { EventStream } from '#test/support/event-stream.js';
import { Contract, type OpenApiDocument } from '#test/support/openapi.js';
import { creation, raise, ticketIn } from '#test/support/tickets.js';
import { bodyOf, commands } from './expected-table.js';

let desk: Desk;
let contract: Contract;
beforeAll(async () => {
  desk = await Desk.open();
  const { body } = await desk
    .asNobody()
    .json<OpenApiDocument>({ method: 'GET', path: '/api/openapi.json' });
  contract = new Contract(body);
});
afterAll(() => desk.close());

const queries = [
  '/api/v1/tickets',
  '/api/v1/tickets/{ticketId}',
  '/api/v1/tickets/{ticketId}/entries',
  '/api/v1/tickets/{ticketId}/history',
  '/api/v1/todos',
  '/api/v1/services',
  '/api/v1/services/{serviceId}',
  '/api/v1/owners',
  '/api/v1/owners/{engineerId}',
  '/api/v1/reports/summary',
  '/api/v1/reports/flow',
  '/api/v1/reports/durations',
  '/api/v1/reports/satisfaction',
  '/api/v1/events',
];

/** The codes that a problem's schema allows: Problem, narrowed to some codes. */
function codesOf(schema: unknown): readonly string[] {
  const { allOf } = schema as { allOf: { properties?: { code: { enum: readonly string[] } } }[] };
  return allOf.flatMap(({ properties }) => properties?.code.enum ?? []);
}

/** Pointers to the scalar parts of a schema that have neither an example nor an enumeration. */
function scalarsWithoutExample(schema: unknown, pointer: string): string[] {
  const { type, properties = {}, items, ...rest } = schema as Schema;
  const parts = Object.entries(properties).flatMap(([name, part]) =>
    scalarsWithoutExample(part, `${pointer}/${name}`),
  );
  if (items?.properties !== undefined) parts.push(...scalarsWithoutExample(items, `${pointer}/*`));
  const isScalar = [type].flat().some((one) => /string|integer|number/.test(one ?? ''));
  return isScalar && !('example' in rest || 'enum' in rest) ? [...parts, pointer] : parts;
}

interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

/** Paths of probes and scrapers, which have no token. */
const isOpen = (path: string): boolean => path.startsWith('/health/') || path === '/metrics';

describe('the OpenAPI document', () => {
  it('describes itself', () => {
    const { openapi, info } = contract.document;
    expect(openapi).toMatch(/^3\.1\.\d+$/);
    expect(info).toMatchObject({
      title: expect.stringMatching(/\S/),
      version: expect.stringMatching(/\S/),
    });
  });

  it('has every command and query', () => {
    const known = contract.routes.map(({ method, path }) => `${method} ${path}`);
    const wanted = [
      'post /api/v1/tickets',
      'post /api/v1/commands',
      'put /api/v1/services/{serviceId}',
      'put /api/v1/services/{serviceId}/owners',
      'put /api/v1/engineers/{engineerId}',
      'get /health/live',
      'get /health/ready',
      'get /metrics',
      'get /api/v1/admin/projections',
      'post /api/v1/admin/projections/{name}/rebuild',
      ...commands.map((command) => `post /api/v1/tickets/{ticketId}/${command}`),
      ...queries.map((path) => `get ${path}`),
    ];
    expect(known).toEqual(expect.arrayContaining(wanted));
  });

  it('gives each operation an id of its own, a summary, a tag and described answers', () => {
    const ids = contract.routes.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { method, path, operation } of contract.routes) {
      expect({ method, path, ...operation }).toMatchObject({
        operationId: expect.stringMatching(/^[\w-]+$/),
        summary: expect.stringMatching(/\S/),
        tags: [expect.stringMatching(/\S/)],
      });
      const answers = Object.entries(operation.responses);
      expect(answers.some(([status]) => status.startsWith('2'))).toBe(true);
      for (const [status, { description }] of answers) {
        expect(status).toMatch(/^[1-5]\d\d$|^default$/);
        expect(description).toEqual(expect.any(String));
      }
    }
  });

  it('declares each parameter of a path, and no other, and each parameter once', () => {
    for (const { method, path, operation } of contract.routes) {
      const { parameters = [] } = operation;
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = parameters.filter((parameter) => parameter.in === 'path');
      expect({ method, path, names: declared.map(({ name }) => name).sort() }).toEqual({
        method,
        path,
        names: inPath.sort(),
      });
      expect(declared.every(({ required }) => required)).toBe(true);
      const keys = parameters.map((parameter) => `${parameter.in} ${parameter.name}`);
      expect(new Set(keys).size).toBe(keys.length);
      for (const { schema } of parameters) expect(schema).toBeDefined();
    }
  });

  it('has valid schemas and references', () => {
    const references = JSON.stringify(contract.document).matchAll(/"\$ref":"([^"]+)"/g);
    const { schemas, responses } = contract.document.components;
    const known = [
      ...Object.keys(schemas).map((name) => `#/components/schemas/${name}`),
      ...Object.keys(responses).map((name) => `#/components/responses/${name}`),
    ];
    for (const [, reference] of references) expect(known).toContain(reference);
    for (const schema of Object.values(schemas)) contract.compile(schema);
    for (const { operation } of contract.routes) {
      const media = [
        ...Object.values(operation.requestBody?.content ?? {}),
        ...Object.values(operation.responses).flatMap(({ content }) =>
          Object.values(content ?? {}),
        ),
      ];
      const all = [...media, ...(operation.parameters ?? [])];
      for (const { schema = true } of all)
        expect(contract.compile(schema)).toBeInstanceOf(Function);
    }
  });

  it('documents the errors of every operation as problem details with their codes', () => {
    const documented = new Set<string>();
    for (const { path, operation } of contract.routes) {
      const every = isOpen(path) ? [500] : [400, 401, 403, 429, 500, 503];
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(every.map(String)));
      for (const [status, { content = {} }] of Object.entries(operation.responses)) {
        if (Number(status) < 400 || path === '/health/ready') continue;
        expect({ path, status, types: Object.keys(content) }).toEqual({
          path,
          status,
          types: ['application/problem+json'],
        });
        const codes = codesOf(content['application/problem+json']?.schema);
        expect(codes.length).toBeGreaterThan(0);
        for (const code of codes) {
          documented.add(code);
          if (code !== 'internal_error') {
            expect({ code, status: statusOfCode[code] }).toEqual({ code, status: Number(status) });
          }
        }
      }
    }
    // No operation answers that its path takes another method.
    const others = ['attachment_rejected', 'method_not_allowed'];
    const all = Object.keys(statusOfCode).filter((code) => !others.includes(code));
    expect([...documented].sort()).toEqual([...all, 'internal_error'].sort());
  });

  it('documents the headers of commands and of refusals to try again later', () => {
    const create = contract.routeOf('POST', '/api/v1/tickets')?.operation;
    const responses = create?.responses ?? {};
    const names = (status: number) => Object.keys(responses[status]?.headers ?? {}).sort();
    expect(names(201)).toEqual(['ETag', 'Idempotency-Replayed', 'Location']);
    expect(names(401)).toEqual(['WWW-Authenticate']);
    expect(names(429)).toEqual(['RateLimit', 'RateLimit-Policy', 'Retry-After']);
    expect(names(503)).toEqual(['Retry-After']);
    const sent = create?.parameters?.filter((parameter) => parameter.in === 'header');
    expect(sent?.map(({ name }) => name).sort()).toEqual([
      'Idempotency-Key',
      'If-Match',
      'X-Correlation-Id',
    ]);
  });

  it('types every JSON answer down to its members', () => {
    const untyped = contract.routes.flatMap(({ method, path, operation }) =>
      Object.entries(operation.responses).flatMap(([status, { content = {} }]) =>
        Object.entries(content)
          .filter(([type]) => !['text/plain', 'application/problem+json'].includes(type))
          .flatMap(([, { schema }]) => contract.untypedObjects(schema ?? true))
          .map((where) => `${method} ${path} ${status} ${where}`),
      ),
    );
    // The first two lists are still empty; an event's data depend on its type.
    expect(untyped).toEqual([
      'get /api/v1/tickets/{ticketId} 200 /attachments/*',
      'get /api/v1/tickets/{ticketId} 200 /authorizations/*',
      'get /api/v1/tickets/{ticketId}/history 200 /events/*/data',
      'get /api/v1/events 200 /data',
    ]);
  });

  it('gives an example of every scalar member and parameter', () => {
    const { schemas } = contract.document.components;
    const without = Object.entries(schemas).flatMap(([name, schema]) =>
      scalarsWithoutExample(schema, name),
    );
    const parameters = contract.routes.flatMap(({ operation }) => operation.parameters ?? []);
    for (const { name, schema = {}, ...parameter } of parameters) {
      if (!('example' in parameter)) without.push(...scalarsWithoutExample(schema, name));
    }
    expect(without).toEqual([]);
  });

  it('describes the tags that operations have', () => {
    const used = new Set(contract.routes.flatMap(({ operation }) => operation.tags ?? []));
    expect(contract.document.tags.map(({ name }) => name).sort()).toEqual([...used].sort());
  });

  it('has no patterns that only JavaScript understands', () => {
    const patterns = JSON.stringify(contract.document).match(/"pattern":"(\\.|[^"\\])*"/g) ?? [];
    expect(patterns.length).toBeGreaterThan(5);
    for (const pattern of patterns) expect(pattern.replaceAll('\\"', '')).not.toMatch(/\\|\(\?/);
  });

  it('requires a token except for health and metrics', () => {
    expect(Object.values(contract.document.components.securitySchemes)).toContainEqual(
      expect.objectContaining({ type: 'http', scheme: 'bearer' }),
    );
    for (const { path, operation } of contract.routes) {
      expect({ path, open: operation.security?.length === 0 }).toEqual({
        path,
        open: isOpen(path),
      });
    }
  });

  it('describes bodies that the service takes', () => {
    for (const command of commands) {
      const route = contract.routeOf('POST', `/api/v1/tickets/x/${command}`);
      const schema = route?.operation.requestBody?.content['application/json']?.schema;
      const validate = contract.compile(schema ?? false);
      expect({ command, valid: validate(bodyOf(command)) }).toEqual({
        command,
        valid: true,
      });
      expect(validate({ colour: 'red' })).toBe(false);
    }
    const create = contract.routeOf('POST', '/api/v1/tickets')?.operation.requestBody;
    const validate = contract.compile(create?.content['application/json']?.schema ?? false);
    expect(validate(creation())).toBe(true);
    expect(validate({ ...creation(), serviceId: 7 })).toBe(false);
  });
});

describe('answers', () => {
  it('are as documented, successes and refusals alike', async () => {
    const { ticketId } = await ticketIn(desk, 'processing');
    const pending = await raise(desk);
    const asked: [method: string, path: string, body?: object][] = [
      ['POST', '/api/v1/tickets', creation({ onBehalfOf: { id: 'zoe', tenant: 'initech' } })],
      ['POST', '/api/v1/tickets', {}],
      ['PUT', '/api/v1/services/vpn', { name: 'VPN' }],
      ['PUT', '/api/v1/services/vpn/owners', { engineerIds: ['bob', 'carol'] }],
      ['PUT', '/api/v1/engineers/bob', { displayName: 'Bob', email: 'bob@operator.example' }],
      ...[ticketId, pending.ticketId, 'none'].flatMap((id) =>
        commands.map((command): [string, string, object?] => [
          'POST',
          `/api/v1/tickets/${id}/${command}`,
          bodyOf(command),
        ]),
      ),
      ...queries.flatMap((path): [string, string][] => [
        ['GET', path.replace('{ticketId}', ticketId).replace(/\{.*\}/, 'bob')],
        ['GET', path.replace('{serviceId}', 'vpn').replace(/\{.*\}/, 'none')],
        ['GET', `${path.replace(/\{.*\}/, 'x')}?limit=-1`],
      ]),
      ['GET', '/api/v1/reports/summary?groupBy=handler'],
      ['GET', '/api/v1/reports/durations?groupBy=severity'],
      ['GET', '/api/v1/reports/satisfaction?groupBy=service'],
      ['GET', '/health/live'],
      ['GET', '/health/ready'],
    ];
    const statuses = new Set<number>();
    for (const [method, path, body] of asked) {
      for (const name of ['lena', 'anna', 'alice'] as const) {
        const headers = { 'content-type': 'application/json' };
        const sent = body === undefined ? undefined : JSON.stringify(body);
        const answer = await desk.as(name).send({ method, path, headers, body: sent });
        const route = contract.routeOf(method, path);
        if (route === null) throw new Error(`${method} ${path} is not documented.`);
        statuses.add(answer.status);
        const breach = contract.breach(route, answer);
        expect({ method, path, breach }).toEqual({ method, path, breach: null });
      }
    }
    expect([...statuses].sort()).toEqual([200, 201, 400, 403, 404, 409]);
  });
});

describe('the messages of live updates', () => {
  it.each(['lena', 'alice'] as const)('to %s are as documented', async (name) => {
    const { position } = await ticketIn(desk, 'closed');
    const stream = await EventStream.open(desk.as(name), '0');
    await stream.reaches(position);
    stream.cut();
    const schema = contract.routeOf('GET', '/api/v1/events')?.operation.responses['200']?.content;
    const validate = contract.compile(schema?.['text/event-stream']?.schema ?? false);
    expect(stream.events.length).toBeGreaterThan(3);
    for (const event of stream.events) {
      expect({ event, valid: validate(event) }).toEqual({ event, valid: true });
    }
  });
});

describe('the generated types of the HTTP API', () => {
  it('are those of the document', async () => {
    const types = await typesOf(JSON.stringify(contract.document));
    // If this fails, run: npm run generate:api-types
    expect(types === readFileSync('generated/api.d.ts', 'utf8')).toBe(true);
  });
});

describe('the documentation for people', () => {
  it('is a page, with everything that it needs from the service itself', async () => {
    const page = await desk.asNobody().send({ method: 'GET', path: '/api/docs' });
    expect(page).toMatchObject({ status: 200 });
    expect(page.headers['content-type']).toMatch(/^text\/html\b/);
    const parts = [...page.text.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)];
    expect(parts.length).toBeGreaterThan(1);
    for (const [, part = ''] of parts) {
      const { pathname, host } = new URL(part, `${desk.url}/api/docs`);
      expect(host).toBe(new URL(desk.url).host);
      const { status } = await desk.asNobody().send({ method: 'GET', path: pathname });
      expect({ pathname, status }).toEqual({ pathname, status: 200 });
    }
  });
});
