import { API } from '#test/support/client.js';
import { creation } from '#test/support/tickets.js';
import type { HostileRequest, Targets } from './requests.js';

const json = { 'content-type': 'application/json' };

const get = (who: string, path: string): HostileRequest => ({ who, method: 'GET', path });

const post = (who: string, path: string, body: unknown): HostileRequest => ({
  who,
  method: 'POST',
  path: API + path,
  headers: json,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

const put = (path: string, body: unknown): HostileRequest => ({
  ...post('anna', path, body),
  method: 'PUT',
});

/** Requests that an experienced attacker would try. */
export function byHand({ ids, badTokens }: Targets): readonly HostileRequest[] {
  const [own = '', others = ''] = ids;
  return [
    ...['nobody', ...badTokens].map((who) => get(who, `${API}/tickets/${own}`)),
    ...wrongPeople(own, others),
    ...wrongTypes(own),
    ...deepBodies,
    ...wrongNames(own),
    ...wrongPaths,
    ...wrongTexts(own),
    ...wrongLists,
    ...wrongPlaces,
    get('mallory', `${API}/tickets?cursor=${Buffer.from('[]').toString('base64url')}`),
    get('lena', `${API}/tickets/${own}/history?from=9007199254740991`),
    get('lena', `${API}/tickets/${own}/history?from=9007199254740993`),
  ];
}

const wrongPeople = (own: string, others: string): HostileRequest[] =>
  ['alice', 'mallory', 'otherAlice', 'rita', 'anna', 'petra', 'norma'].flatMap((who) =>
    [own, others].flatMap((id) => [
      get(who, `${API}/tickets/${id}`),
      get(who, `${API}/tickets/${id}/history`),
      get(who, `${API}/tickets?requester=alice&tenant=globex`),
      get(who, `${API}/tickets?q=only`),
      get(who, `${API}/tickets?tenant=acme&tenant=globex`),
      post(who, `/tickets/${id}/notes`, { text: 'x' }),
      post(who, `/tickets/${id}/close`, { reason: 'x' }),
    ]),
  );

const wrongTypes = (own: string): HostileRequest[] =>
  [{ $ne: null }, { $gt: '' }, { $regex: '.*' }, ['vpn'], 7, true].flatMap((value) => [
    post('alice', '/tickets', creation({ serviceId: value })),
    post('lena', '/tickets', creation({ onBehalfOf: { id: value, tenant: value } })),
    post('lena', `/tickets/${own}/assign`, { engineerId: value }),
    post('bob', `/tickets/${own}/notes`, { text: value }),
  ]);

const nested = (depth: number, open: string, close: string): string =>
  `{"description":${open.repeat(depth)}1${close.repeat(depth)}}`;

const deepBodies = [100, 5_000, 8_000].flatMap((depth) => [
  post('alice', '/tickets', nested(depth, '[', ']')),
  post('alice', '/tickets', nested(depth, '{"a":', '}')),
]);

const wrongNames = (own: string): HostileRequest[] =>
  ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'].flatMap((name) => [
    post('bob', `/tickets/${own}/notes`, `{"text":"x","${name}":{"roles":["lead"]}}`),
    post('bob', `/tickets/${name}/notes`, { text: 'x' }),
    get('lena', `${API}/services/${name}`),
    get('lena', `${API}/owners/${name}`),
    get('lena', `${API}/tickets?${name}=x`),
    get('lena', `${API}/tickets?owner=${name}`),
  ]);

const strangeIds = ['%2e%2e', '%2e%2e%2f', '%00', '%0d%0aX:%20y', '%252e', '..%5c', '%F0%28'];
const doubled = ['//api/v1/tickets', '/api/v1//tickets', '/./api/v1/tickets', '/api/v1/tickets//'];

const wrongPaths: HostileRequest[] = [
  ...[...strangeIds, 'a'.repeat(5_000)].flatMap((id) => [
    get('lena', `${API}/tickets/${id}`),
    get('lena', `${API}/tickets/${id}/history`),
    get('lena', `${API}/owners/${id}`),
    get('lena', `${API}/services/${id}`),
    get('nobody', `/api/docs/${id}`),
    { who: 'anna', method: 'PUT', path: `${API}/engineers/${id}`, headers: json, body: '{}' },
    post('lena', `/tickets/${id}/handle`, '{}'),
  ]),
  ...doubled.map((path) => get('nobody', path)),
];

const wrongTexts = (own: string): HostileRequest[] =>
  [
    `{"text":"${'x'.repeat(10_001)}"}`,
    `{"text":"${'\\u0000'.repeat(9_000)}"}`,
    '{"text":"\\ud800"}',
    '{"text":1e400}',
    '{"text":"a","text":{"$ne":1}}',
  ].map((body) => post('bob', `/tickets/${own}/notes`, body));

const wrongLists: HostileRequest[] = ['\ud800', '\u0000', { $ne: null }, '', null].flatMap(
  (item) => [
    put('/services/vpn', { name: 'VPN', issueTypes: [item, 'x'] }),
    put('/services/vpn/owners', { engineerIds: [item, 'bob'] }),
  ],
);

const wrongPlaces: HostileRequest[] = [
  '',
  '-1',
  '1e3',
  ' ',
  '0x1',
  '\u00ff',
  '9'.repeat(500),
  '1, 1',
].map((place) => ({ ...get('alice', `${API}/events`), headers: { 'last-event-id': place } }));
