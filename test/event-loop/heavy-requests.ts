import { callerActionNames } from '#ticketing/ticket/catalogue.js';
import { bodyOf } from '#test/api/expected-table.js';
import type { Name } from '#test/support/people.js';
import { creation } from '#test/support/tickets.js';
import { ESCAPED, OWNERS, WIDE, WORDS, type LargestData } from './largest-data.js';

/** A request with the largest data that the rules allow. */
export interface Heavy {
  /** The route, as the OpenAPI document has it. */
  readonly route: string;
  readonly path: string;
  /** @default nobody */
  readonly by?: Name;
  /** @default none */
  readonly body?: object | string;
  /** @default 200 */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

const MANY_WORDS = Array.from({ length: 160 }, (_, n) => n.toString(36).padStart(2, 'x')).join('+');
const soon = () => encodeURIComponent(new Date(Date.now() + 60_000).toISOString());
const reason = '🎫'.repeat(2_000);
const longest: Readonly<Record<string, string>> = { message: WIDE, text: WIDE, summary: WIDE };

const get = (by: Name, route: string, path = route): Heavy => ({
  route: `get /api/v1${route}`,
  path: `/api/v1${path}`,
  by,
});

/** Everything about a ticket that is as large as it may be. */
const readsOf = (ticketId: string): Heavy[] => [
  ...[
    ['', ''],
    ['', `?asOf=${soon()}`],
    ['/entries', '/entries?limit=200'],
    ['/history', '/history?limit=1000'],
    ['/history', '/history?limit=1000&from=200'],
  ].map(([part = '', query = '']) =>
    get('bob', `/tickets/{ticketId}${part}`, `/tickets/${ticketId}${query}`),
  ),
  get('alice', '/tickets/{ticketId}', `/tickets/${ticketId}`),
  get('alice', '/tickets/{ticketId}/history', `/tickets/${ticketId}/history?limit=1000`),
];

/** Every command with the longest texts: the full ticket refuses it, or its handler may not give it. */
const commandsOn = (ticketId: string): Heavy[] =>
  callerActionNames.map((name) => ({
    route: `post /api/v1/tickets/{ticketId}/${name}`,
    path: `/api/v1/tickets/${ticketId}/${name}`,
    by: 'bob',
    body: Object.fromEntries(
      Object.entries(bodyOf(name)).map(([member, value]) => [
        member,
        longest[member] ?? (member === 'reason' || member === 'comment' ? reason : value),
      ]),
    ),
    status: ofBob[name] ?? 403,
  }));

const ofBob: Readonly<Record<string, number>> = {
  handle: 200,
  resume: 409,
  close: 409,
  forward: 409,
  'request-feedback': 409,
  notes: 409,
  severity: 409,
  resolve: 200,
  'withdraw-resolution': 409,
};

const creations: Heavy[] = [
  WIDE,
  ESCAPED,
  WORDS,
  '4111 1111 1111 1112 '.repeat(500),
  'password '.repeat(1_111),
  '-----BEGIN '.repeat(900),
].map((description) => ({
  route: 'post /api/v1/tickets',
  path: '/api/v1/tickets',
  by: 'alice',
  body: creation({ description }),
  status: 201,
}));

const batchOf = (line: object, by: Name): Heavy => ({
  route: 'post /api/v1/commands',
  path: '/api/v1/commands',
  by,
  body: `${JSON.stringify(line)}\n`.repeat(1_000),
  headers: { 'content-type': 'application/x-ndjson' },
});

const open = (route: string): Heavy => ({ route: `get ${route}`, path: route });

export const heavyRequests = (
  { long, heavy, owned }: LargestData,
  other: string,
): readonly Heavy[] => [
  {
    route: 'put /api/v1/services/{serviceId}',
    path: '/api/v1/services/large',
    by: 'anna',
    body: {
      name: '🎫'.repeat(200),
      issueTypes: OWNERS.map((id) => id.slice(0, 5).padEnd(64, '東')),
    },
  },
  {
    route: 'put /api/v1/services/{serviceId}/owners',
    path: '/api/v1/services/large/owners',
    by: 'anna',
    body: { engineerIds: OWNERS },
  },
  {
    route: 'put /api/v1/engineers/{engineerId}',
    path: '/api/v1/engineers/zoe',
    by: 'anna',
    body: { displayName: '🎫'.repeat(200), email: `${'z'.repeat(60)}@operator.example` },
  },
  open('/metrics'),
  open('/health/live'),
  open('/health/ready'),
  open('/api/openapi.json'),
  open('/api/docs'),
  ...[long, heavy, owned].flatMap(readsOf),
  ...[
    '',
    '&sort=createdAt',
    `&q=${MANY_WORDS}`,
    '&q=lost',
    `&asOf=${soon()}`,
    `&asOf=${soon()}&q=lost`,
  ].flatMap((query) =>
    (['bob', 'alice'] as const).map((by) => get(by, '/tickets', `/tickets?limit=200${query}`)),
  ),
  get('bob', '/todos', '/todos?limit=200'),
  get('alice', '/todos', '/todos?limit=200'),
  get('bob', '/services', '/services?limit=200'),
  get('bob', '/services/{serviceId}', '/services/vpn'),
  get('bob', '/owners', '/owners?limit=200'),
  get('bob', '/engineers', '/engineers?limit=200'),
  get('bob', '/me'),
  get('bob', '/owners/{engineerId}', `/owners/${OWNERS[0] ?? ''}`),
  ...['', '?groupBy=service', '?groupBy=owner', `?groupBy=owner&asOf=${soon()}`].map((query) =>
    get('bob', '/reports/summary', `/reports/summary${query}`),
  ),
  get('bob', '/reports/flow', '/reports/flow?bucket=hour'),
  get('bob', '/reports/durations', '/reports/durations?groupBy=service'),
  get('bob', '/reports/satisfaction', '/reports/satisfaction?groupBy=handler'),
  { ...get('bob', '/events'), headers: { 'last-event-id': '0' } },
  get('anna', '/admin/projections'),
  get('anna', '/admin/consumers'),
  ...creations,
  ...[long, heavy].flatMap(commandsOn),
  batchOf({ command: 'notes', ticketId: other, text: '🎫'.repeat(4_000) }, 'bob'),
  batchOf({ command: 'messages', ticketId: other, message: ESCAPED.slice(0, 7_000) }, 'alice'),
  ...['retry', 'rebuild'].map((name) => ({
    route: `post /api/v1/admin/projections/{name}/${name}`,
    path: `/api/v1/admin/projections/services/${name}`,
    by: 'anna' as const,
    status: 202,
  })),
  {
    route: 'post /api/v1/log/accept-loss',
    path: '/api/v1/log/accept-loss',
    by: 'anna',
  },
];
