import fc from 'fast-check';
import type { HttpRequest } from '#test/support/http.js';
import type { Contract, Parameter, Route } from '#test/support/openapi.js';
import { names } from '#test/support/people.js';
import { anything, valueOf, type Schema } from './values.js';

/** A request, and the person of its token. */
export interface HostileRequest extends HttpRequest {
  readonly who: string;
}

/** The targets: existing routes, ids and tokens. */
export interface Targets {
  readonly ids: readonly string[];
  /** The names of invalid tokens. */
  readonly badTokens: readonly string[];
}

/** Any request to any route, from almost valid to nonsense. */
export function hostileRequests(
  contract: Contract,
  targets: Targets,
): fc.Arbitrary<HostileRequest> {
  const routes = contract.routes.filter(({ path }) => path.startsWith('/api/v1/'));
  const known = fc.constantFrom(...routes).chain((route) => toRoute(contract, route, targets));
  return fc.oneof({ weight: 9, arbitrary: known }, { weight: 1, arbitrary: toAnywhere(targets) });
}

const anyTokenOwner = ({ badTokens }: Targets): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom<string>('alice', 'bob', 'lena', 'anna') },
    { weight: 4, arbitrary: fc.constantFrom<string>(...names) },
    { weight: 1, arbitrary: fc.constantFrom('nobody', ...badTokens) },
  );

function toRoute(
  contract: Contract,
  { method, path, operation }: Route,
  targets: Targets,
): fc.Arbitrary<HostileRequest> {
  const { parameters = [], requestBody } = operation;
  const [type = 'application/json'] = Object.keys(requestBody?.content ?? {});
  const schema = requestBody?.content[type]?.schema as Schema | undefined;
  const body =
    schema === undefined
      ? fc.constant(undefined)
      : type === 'application/json'
        ? jsonOf(valueOf(contract, schema, targets.ids))
        : linesOf(contract, targets);
  return fc
    .record({
      who: anyTokenOwner(targets),
      ids: fc.array(idOf(targets), { minLength: 3, maxLength: 3 }),
      query: queryOf(parameters),
      headers: headersOf(type),
      body,
    })
    .map(({ who, ids, query, headers, body }) => {
      const places = ids.values();
      const target = path.replace(/\{\w+\}/g, () => places.next().value ?? '');
      return {
        who,
        method: method.toUpperCase(),
        path: target + query,
        headers: body === undefined ? {} : headers,
        body,
      };
    });
}

const toAnywhere = (targets: Targets): fc.Arbitrary<HostileRequest> =>
  fc.record({
    who: anyTokenOwner(targets),
    method: fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'),
    path: fc.oneof(
      fc.webPath({ size: 'medium' }).map((path) => `/${path}`),
      fc.array(idOf(targets), { maxLength: 6 }).map((parts) => `/api/v1/${parts.join('/')}`),
      fc.constantFrom('//', '/%2e%2e/%2e%2e', '/api/v1/tickets%2f', '/api/docs/%00', '/%c0%ae'),
    ),
  });

const strangeIds = ['%2e%2e', '%00', '%', '%zz', '.', '', 'a%2Fb', '*', 'x'.repeat(300)];

const idOf = ({ ids }: Targets): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...ids) },
    { weight: 1, arbitrary: fc.constantFrom(...strangeIds) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }).map(encoded) },
  );

/** Half a surrogate pair has no UTF-8 encoding: its would-be bytes are sent. */
const encoded = (text: string): string =>
  text.replace(/./gsu, (letter) =>
    letter.isWellFormed() ? encodeURIComponent(letter) : '%ED%A0%80',
  );

const strangeNames = ['__proto__', 'constructor', 'state[$ne]', '', '%00', '&'];
const plainValues = ['1', '0', 'true', 'pending', 'vpn', 'bob', 'acme', 'tunnel', '-createdAt'];
const strangeValues = [
  '2026-01-01T00:00:00Z',
  '9999-12-31T23:59:60Z',
  '0000-00-00',
  'WyJ4Iiw5LCJ5Il0',
  '%F0%9F%98%80',
  '%ED%A0%80',
  'x'.repeat(2_000),
  '%',
  "'",
  '[]',
  '*',
  '"',
  '$ne',
];

function queryOf(parameters: readonly Parameter[]): fc.Arbitrary<string> {
  const known = parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
  const name = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom('limit', ...known) },
    { weight: 1, arbitrary: fc.constantFrom(...strangeNames) },
  );
  const value = fc.oneof(
    fc.constantFrom(...plainValues),
    fc.constantFrom(...strangeValues),
    fc.string({ unit: 'binary', maxLength: 30 }).map(encoded),
  );
  const pair = fc
    .tuple(name, value)
    // The service waits for an unreached position: one such request, by hand, is enough.
    .map(([left, right]) =>
      left === 'minPosition' && /^\d{2,}$/.test(right) ? '' : `${left}=${right}`,
    );
  const pairs = fc.array(pair, { maxLength: 4 }).map((all) => `?${all.join('&')}`);
  return fc.oneof({ weight: 2, arbitrary: fc.constant('') }, { weight: 3, arbitrary: pairs });
}

const strangeTypes = [
  'text/plain',
  'application/json;charset=utf-16',
  'multipart/form-data',
  '*/*',
];

const headersOf = (type: string): fc.Arbitrary<Record<string, string>> =>
  fc
    .record({
      type: fc.oneof(
        { weight: 12, arbitrary: fc.constant(type) },
        { weight: 1, arbitrary: fc.constantFrom(...strangeTypes) },
      ),
      key: fc.constantFrom('', 'k'.repeat(129), '__proto__', '{"$ne":null}', '\u00ff', 'shared'),
      match: fc.constantFrom('*', '"0"', '"99999999999999999"', '1', '"x"', 'W/"1"'),
      more: fc.constantFrom('none', 'none', 'none', 'key', 'match'),
    })
    .map(({ type: contentType, key, match, more }) => ({
      'content-type': contentType,
      ...(more === 'key' ? { 'idempotency-key': key } : {}),
      ...(more === 'match' ? { 'if-match': match } : {}),
    }));

const strangeBodies = [
  '{',
  '[1,]',
  '{"__proto__":{"roles":["lead"]}}',
  '{"constructor":{"prototype":{}}}',
  '{"text":"a","text":"b"}',
  '\ufeff{}',
  `{"text":"${'x'.repeat(70_000)}"}`,
  '['.repeat(30_000),
  'null',
];

const jsonOf = (value: fc.Arbitrary<unknown>): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 8, arbitrary: value.map((body) => JSON.stringify(body)) },
    { weight: 2, arbitrary: anything.map((body) => JSON.stringify(body)) },
    { weight: 1, arbitrary: fc.constantFrom(...strangeBodies) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  );

/** A batch of valid or almost valid commands. */
function linesOf(contract: Contract, { ids }: Targets): fc.Arbitrary<string> {
  const commands = contract.routes
    .filter(({ path }) => path.startsWith('/api/v1/tickets/{ticketId}/'))
    .map(({ path }) => path.split('/').at(-1) ?? '');
  const or = (...values: unknown[]) => fc.oneof(fc.constantFrom(...values), anything);
  const line = fc
    .record(
      {
        command: fc.constantFrom('create', 'dispatch', ...commands),
        ticketId: or(...ids),
        idempotencyKey: or(undefined, 'shared'),
        ifMatch: or(undefined, '"1"', 1),
        text: anything,
        reason: anything,
      },
      { requiredKeys: [] },
    )
    .map((fields) => JSON.stringify(fields));
  const other = fc.constantFrom('', '{', 'null', '[]', '{"__proto__":1}', 'x'.repeat(70_000));
  return fc.array(fc.oneof(line, other), { maxLength: 8 }).map((lines) => lines.join('\n'));
}
