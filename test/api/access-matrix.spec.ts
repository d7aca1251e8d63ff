import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { HistoryEvent } from '#test/support/answers.js';
import { Client } from '#test/support/client.js';
import { Desk } from '#test/support/desk.js';
import { EventStream, type LiveEvent } from '#test/support/event-stream.js';
import { EMAIL, NOTE, tellMatrixStory, type MatrixStory } from '#test/support/matrix-story.js';
import { membersOf, membersOfSchema } from '#test/support/members.js';
import { Contract, type OpenApiDocument } from '#test/support/openapi.js';
import { tokenFor } from '#test/support/people.js';
import {
  endpoints,
  events,
  rightsFor,
  roles,
  updateMembers,
  type Endpoint,
  type Relation,
  type Right,
  type Role,
} from './access-matrix.js';
import { bodyOf } from './expected-table.js';

let desk: Desk;
let contract: Contract;
let story: MatrixStory;
beforeAll(async () => {
  desk = await Desk.open();
  story = await tellMatrixStory(desk);
  const { body } = await desk
    .asNobody()
    .json<OpenApiDocument>({ method: 'GET', path: '/api/openapi.json' });
  contract = new Contract(body);
});
afterAll(() => desk.close());

/** No role, each role, each pair, and all. */
const combinations: readonly (readonly Role[])[] = [
  [],
  ...roles.map((role) => [role]),
  ...roles.flatMap((one, index) => roles.slice(index + 1).map((other) => [one, other])),
  roles,
];

/** The requester, another customer of the tenant, and one of another tenant with the same id. */
const people = [
  { sub: 'alice', tenant: 'acme', requester: true },
  { sub: 'mallory', tenant: 'acme', requester: false },
  { sub: 'alice', tenant: 'globex', requester: false },
] as const;

interface Actor {
  readonly name: string;
  readonly client: Client;
  readonly roles: readonly Role[];
  readonly relation: Relation;
  readonly rights: ReadonlySet<Right>;
}

const actorsWith = (some: readonly Role[]): Promise<Actor[]> =>
  Promise.all(
    people.map(async ({ sub, tenant, requester }) => {
      const token = await tokenFor(desk.folder, { sub, tenant, roles: some });
      const relation = requester && some.includes('customer') ? 'own' : 'other';
      return {
        name: `${sub} of ${tenant}`,
        client: new Client(desk.url, token),
        roles: some,
        relation,
        rights: rightsFor(some, relation),
      };
    }),
  );

const admits = ({ admits: admitted }: Endpoint, { roles: some }: Actor): boolean =>
  admitted === null || admitted.some((role) => some.includes(role));

/** The expected 403 or 404, or null if the endpoint answers. */
function refusalOf(endpoint: Endpoint, actor: Actor): number | null {
  if (!admits(endpoint, actor)) return 403;
  return endpoint.namesTicket === true && !actor.rights.has('text') ? 404 : null;
}

/** Requests whose answers have all members: for alice's tickets if the actor may list others. */
const queryOf: Readonly<Record<string, string>> = {
  '/api/v1/tickets': '?requester=alice&tenant=acme',
  '/api/v1/reports/summary': '?groupBy=handler',
  '/api/v1/reports/durations': '?groupBy=service',
  '/api/v1/reports/satisfaction': '?groupBy=service',
};

const pathOf = (template: string): string =>
  template
    .replace('{ticketId}', story.ticketId)
    .replace('{serviceId}', 'vpn')
    .replace('{engineerId}', 'bob')
    .replace('{name}', 'none') + (queryOf[template] ?? '');

const split = (key: string): [method: string, template: string] => {
  const [method = '', template = ''] = key.split(' ');
  return [method, template];
};

const isQuery = ([key, { members }]: [string, Endpoint]): boolean =>
  key.startsWith('get ') && members !== undefined;
const queries = Object.entries(endpoints).filter(isQuery);
const writes = Object.entries(endpoints).filter(([key]) => !key.startsWith('get '));

const bare = (member: string): string => member.replace('?', '');
const parentOf = (member: string): string => member.slice(0, member.lastIndexOf('.') + 1);

/** The members of an answer that the actor must not get, and the missing ones. */
function breachOf({ members = {} }: Endpoint, { rights }: Actor, answer: unknown) {
  const found = membersOf(answer);
  const granted = Object.entries(members).flatMap(([right, some]) =>
    rights.has(right as Right) ? some : [],
  );
  const known = new Set(granted.map(bare));
  const holds = (parent: string) => [...found].some((path) => path.startsWith(parent));
  return {
    leaked: [...found].filter((path) => !known.has(path)),
    missing: granted.filter(
      (path) => !path.endsWith('?') && !found.has(path) && holds(parentOf(path)),
    ),
  };
}
const NO_BREACH = { leaked: [], missing: [] };

describe('the access matrix', () => {
  it('has every endpoint of the OpenAPI document, and no other', () => {
    const documented = contract.routes.map(({ method, path }) => `${method} ${path}`);
    expect(Object.keys(endpoints).sort()).toEqual(documented.sort());
  });

  it('has every member of every answer in the document, and no other', () => {
    for (const { method, path, operation } of contract.routes) {
      const key = `${method} ${path}`;
      const answers = Object.entries(operation.responses).filter(([code]) => code.startsWith('2'));
      const schemas = answers.flatMap(([, { content = {} }]) => {
        const schema = content['application/json']?.schema;
        return typeof schema === 'object' ? [schema] : [];
      });
      const documented = schemas.flatMap((schema) =>
        membersOfSchema(contract.document, schema as object),
      );
      const known = Object.values(endpoints[key]?.members ?? {})
        .flat()
        .map(bare);
      expect({ key, members: [...new Set(documented)].sort() }).toEqual({
        key,
        members: known.sort(),
      });
    }
  });

  it('closes every endpoint to requests without a token, except the public ones', async () => {
    for (const [key, { admits: admitted }] of Object.entries(endpoints)) {
      const [method, template] = split(key);
      const request = { method: method.toUpperCase(), path: pathOf(template) };
      const { status } = await desk.asNobody().send(request);
      expect({ key, refused: status === 401 }).toEqual({ key, refused: admitted !== null });
    }
  });
});

describe.each(combinations.map((some) => ({ some, named: some.join(' and ') || 'no role' })))(
  'an actor with $named',
  ({ some }) => {
    it('gets from each query exactly the members of the matrix', async () => {
      for (const actor of await actorsWith(some)) {
        for (const [key, endpoint] of queries) {
          const path = pathOf(split(key)[1]);
          const answer = await actor.client.send({ method: 'GET', path });
          const about = { actor: actor.name, key };
          const refusal = refusalOf(endpoint, actor);
          expect({ ...about, status: answer.status }).toEqual({ ...about, status: refusal ?? 200 });
          if (refusal !== null) continue;
          const breach = breachOf(endpoint, actor, JSON.parse(answer.text));
          expect({ ...about, ...breach }).toEqual({ ...about, ...NO_BREACH });
        }
      }
    });

    it('gets from each command 403, 404 or a decision, by the matrix', async () => {
      for (const actor of await actorsWith(some)) {
        for (const [key, endpoint] of writes) {
          const [method, template] = split(key);
          const name = template.replace('/api/v1/tickets/{ticketId}/', '');
          const body = JSON.stringify(name === template ? {} : bodyOf(name));
          const isBatch = template.endsWith('/commands');
          const type = isBatch ? 'application/x-ndjson' : 'application/json';
          const { status } = await actor.client.send({
            method: method.toUpperCase(),
            path: pathOf(template),
            headers: { 'content-type': type },
            body: isBatch ? `${body}\n` : body,
          });
          const about = { actor: actor.name, key };
          const refusal = refusalOf(endpoint, actor);
          if (refusal !== null) expect({ ...about, status }).toEqual({ ...about, status: refusal });
          else if (endpoint.namesTicket)
            expect({ ...about, status }).not.toMatchObject({ status: 404 });
          else expect({ ...about, status }).not.toMatchObject({ status: 403 });
        }
      }
    });

    it('reads the history and the live updates by the matrix', async () => {
      for (const actor of await actorsWith(some)) {
        const { name } = actor;
        const history = await actor.client.get<{ events: readonly HistoryEvent[] }>(
          `/tickets/${story.ticketId}/history`,
        );
        const shown = history.status === 200 ? history.body.events : [];
        expect({ name, ...dataBreach(shown, actor, 'reads') }).toEqual({ name, ...NO_DATA_BREACH });
        if (!admits(endpoints['get /api/v1/events'] as Endpoint, actor)) continue;
        const live = await liveEvents(actor);
        expect({ name, ...dataBreach(live, actor, 'knows') }).toEqual({ name, ...NO_DATA_BREACH });
        expectKnown(live, actor);
      }
    });
  },
);

type ShownEvent = Pick<HistoryEvent, 'type'> & { readonly data?: HistoryEvent['data'] };

/** The events and members of data that the actor must not see, or that the matrix lacks. */
function dataBreach(shown: readonly ShownEvent[], { rights }: Actor, needs: 'knows' | 'reads') {
  const unknown = shown.filter(({ type }) => {
    const access = events[type];
    return access === undefined || !rights.has(access[needs]);
  });
  const wrong = shown.filter(({ type, data }) => {
    const access = events[type];
    const members = access !== undefined && rights.has(access.reads) ? access.data : undefined;
    const found = data === undefined ? undefined : Object.keys(data);
    return (
      found?.sort().join() !== (members === undefined ? undefined : [...members].sort().join())
    );
  });
  const text = JSON.stringify(shown);
  return {
    events: unknown.map(({ type }) => type),
    data: wrong.map(({ type }) => type),
    tellsContact: text.includes(EMAIL),
    tellsNote: text.includes(NOTE) && !rights.has('notes'),
  };
}
const NO_DATA_BREACH = { events: [], data: [], tellsContact: false, tellsNote: false };

async function liveEvents({ client }: Actor): Promise<readonly LiveEvent[]> {
  const stream = await EventStream.open(client, story.begin);
  await stream.reaches(story.end);
  stream.cut();
  const others = ({ ticketId }: LiveEvent) => ticketId !== undefined && ticketId !== story.ticketId;
  return stream.events.filter((event) => !others(event));
}

/** Expects all types of events that the actor may notice, with the members of a live update. */
function expectKnown(live: readonly LiveEvent[], { name, rights }: Actor): void {
  const isOfOtherTicket = (type: string) => type === 'TicketCanceled';
  const known = Object.entries(events).filter(
    ([type, { knows }]) => rights.has(knows) && !isOfOtherTicket(type),
  );
  const types = [...new Set(live.map(({ type }) => type))];
  expect({ name, types: types.sort() }).toEqual({
    name,
    types: known.map(([type]) => type).sort(),
  });
  for (const { data: _, ...event } of live) {
    const subject = (['ticketId', 'serviceId', 'engineerId'] as const).find((id) => id in event);
    expect(Object.keys(event).sort()).toEqual([...updateMembers[subject ?? 'ticketId']].sort());
  }
}

it('the story has an event of every type of the matrix', async () => {
  const client = new Client(desk.url, desk.tokens.lena);
  const stream = await EventStream.open(client, story.begin);
  await stream.reaches(story.end);
  stream.cut();
  const types = new Set(stream.events.map(({ type }) => type));
  expect([...types].sort()).toEqual(Object.keys(events).sort());
});
