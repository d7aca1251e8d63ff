import { states } from '#test/support/answers.js';
import { commands } from './expected-table.js';

/**
 * The access matrix: who may call which endpoint, and who gets which members of its answer. The tests
 * are generated from it, and compare it with the OpenAPI document and with real answers: an endpoint
 * or a member that is not in the matrix fails a test.
 */

export const roles = [
  'customer',
  'engineer',
  'lead',
  'admin',
  'auditor',
  'reporter',
  'privacy_officer',
] as const;
export type Role = (typeof roles)[number];

/** `own` if the actor is a customer and the ticket's requester. */
export type Relation = 'own' | 'other';

export type Right =
  /** Members for everyone whom the endpoint admits. */
  | 'admitted'
  /** State, people and times of a ticket. */
  | 'facts'
  /** The ticket's page and history, with texts. */
  | 'text'
  /** The existence of internal notes. */
  | 'noteFacts'
  /** Internal notes. */
  | 'notes'
  /** Services, without their owners. */
  | 'services'
  /** Owners, engineers, and reports on all tickets. */
  | 'desk'
  /** The projections. */
  | 'operations';

const everyTicket = ['facts', 'text', 'noteFacts', 'notes', 'services', 'desk'] as const;
const same = (...rights: Right[]) => ({ own: rights, other: rights });

/** An actor with several roles has the union of their rights. */
export const rightsOf: Readonly<Record<Role, Readonly<Record<Relation, readonly Right[]>>>> = {
  customer: { own: ['facts', 'text', 'services'], other: ['services'] },
  engineer: same(...everyTicket),
  lead: same(...everyTicket),
  admin: same('services', 'desk', 'operations'),
  auditor: same(...everyTicket),
  reporter: same('facts', 'noteFacts', 'services', 'desk'),
  privacy_officer: same(),
};

export interface Endpoint {
  /** The admitted roles; all others get 403. Null if no token is needed. */
  readonly admits: readonly Role[] | null;
  /** Whether it names a ticket: an actor without the right `text` on it gets 404. */
  readonly namesTicket?: boolean;
  /** The members of its answer by the required right. `?` marks optional ones. */
  readonly members?: Partial<Record<Right, readonly string[]>>;
}

const words = (text: string): string[] => text.trim().split(/\s+/);
const under = (prefix: string, members: readonly string[]): string[] => [
  prefix,
  ...members.map((member) => `${prefix.replace('?', '')}.${member}`),
];
const each = (prefix: string, members: readonly string[]): string[] => [
  prefix,
  ...members.map((member) => `${prefix.replace('?', '')}[].${member}`),
];
const counts = (...keys: readonly string[]) => under('counts', keys);

const staff: readonly Role[] = ['engineer', 'lead'];
const commanders: readonly Role[] = ['customer', ...staff];
const openers: readonly Role[] = [...commanders, 'auditor'];
const desk: readonly Role[] = [...staff, 'admin', 'auditor', 'reporter'];

const page = ['position', 'nextCursor'];
const row = words(`ticketId reference state revision service service.id service.name issueType
  severity requester requester.id requester.tenant owners handler closeReason createdAt updatedAt
  allowed`);
const rows = {
  admitted: [...page, 'items'],
  facts: [...row, 'lastMessageAt', 'waitingSince'].map((member) => `items[].${member}`),
  text: ['items[].excerpt'],
} as const;

const accepted = words('revision position events');
const ticketAccepted = words('ticketId reference state revision position events');
const command: Endpoint = {
  admits: commanders,
  namesTicket: true,
  members: { text: ticketAccepted },
};

const service = words('serviceId name issueTypes active revision updatedAt');
const owner = [...words('engineerId displayName email active services'), ...counts(...states)];
const figures = words('count mean p50 p90 p99');
const durations = [
  ...under('timeToFirstHandling', figures),
  ...under('timeToFirstResponse', figures),
  ...under('timeToResolution', figures),
  ...under('timeToClose', figures),
  ...under('timeWaitingForCustomer', figures),
];
const summary = ['total', ...counts(...states)];
const satisfaction = ['count', 'mean', ...under('distribution', words('1 2 3 4 5'))];
const grouped = (members: readonly string[]) => [
  'position',
  'groupBy?',
  ...members,
  ...each('groups?', ['key', 'name', ...members]),
];
const author = under('author', ['id', 'role']);

export const endpoints: Readonly<Record<string, Endpoint>> = {
  'get /metrics': { admits: null },
  'get /health/live': { admits: null, members: { admitted: ['status'] } },
  'get /health/ready': { admits: null, members: { admitted: ['status', 'parts'] } },

  'post /api/v1/tickets': { admits: commanders, members: { text: ticketAccepted } },
  ...Object.fromEntries(
    commands.map((name) => [`post /api/v1/tickets/{ticketId}/${name}`, command]),
  ),
  'post /api/v1/commands': { admits: commanders },
  'put /api/v1/services/{serviceId}': {
    admits: ['admin'],
    members: { desk: ['serviceId', ...accepted] },
  },
  'put /api/v1/services/{serviceId}/owners': {
    admits: ['admin', 'lead'],
    members: { desk: ['serviceId', ...accepted] },
  },
  'put /api/v1/engineers/{engineerId}': {
    admits: ['admin'],
    members: { desk: ['engineerId', ...accepted] },
  },

  'get /api/v1/tickets': { admits: [...openers, 'reporter'], members: rows },
  'get /api/v1/todos': { admits: commanders, members: rows },
  'get /api/v1/tickets/{ticketId}': {
    admits: openers,
    namesTicket: true,
    members: {
      text: [
        ...row,
        ...words(
          'description previousTicketId attachments authorizations contact position entriesCursor? percentFull?',
        ),
        ...each('messages', ['kind', ...author, 'message', 'at', 'revision']),
        ...under('resolution', ['summary', 'by', 'at']),
        ...under('evaluation', ['rating', 'comment', 'at']),
      ],
      notes: each('notes', [...author, 'text', 'at', 'revision']),
    },
  },
  'get /api/v1/tickets/{ticketId}/entries': {
    admits: openers,
    namesTicket: true,
    members: {
      text: [
        ...words('nextCursor position'),
        ...each('messages', ['kind', ...author, 'message', 'at', 'revision']),
      ],
      notes: each('notes', [...author, 'text', 'at', 'revision']),
    },
  },
  'get /api/v1/tickets/{ticketId}/history': {
    admits: openers,
    namesTicket: true,
    members: {
      text: [
        ...words('ticketId nextFrom?'),
        ...each('events', [
          ...words(
            'revision position eventId type at data correlationId causationId commandId hash',
          ),
          ...under('actor', ['id', 'role', 'tenant?']),
          ...under('actor.onBehalfOf?', ['id', 'tenant']),
        ]),
      ],
    },
  },
  'get /api/v1/events': { admits: ['customer', ...desk] },

  'get /api/v1/services': {
    admits: ['customer', ...desk],
    members: { services: [...page, ...each('items', service)], desk: ['items[].owners'] },
  },
  'get /api/v1/services/{serviceId}': {
    admits: ['customer', ...desk],
    members: { services: [...service, 'position'], desk: ['owners'] },
  },
  'get /api/v1/me': {
    admits: roles,
    members: { admitted: words('id name tenant roles commands') },
  },
  'get /api/v1/engineers': {
    admits: desk,
    members: { desk: [...page, ...each('items', words('engineerId displayName email active'))] },
  },
  'get /api/v1/owners': { admits: desk, members: { desk: [...page, ...each('items', owner)] } },
  'get /api/v1/owners/{engineerId}': { admits: desk, members: { desk: [...owner, 'position'] } },

  'get /api/v1/reports/summary': { admits: desk, members: { desk: grouped(summary) } },
  'get /api/v1/reports/flow': {
    admits: desk,
    members: {
      desk: [
        ...words('position bucket from to'),
        ...each('items', words('from to created closed canceled open')),
      ],
    },
  },
  'get /api/v1/reports/durations': {
    admits: desk,
    members: { desk: ['unit', ...grouped(durations)] },
  },
  'get /api/v1/reports/satisfaction': {
    admits: desk,
    members: { desk: grouped(satisfaction) },
  },

  'get /api/v1/admin/projections': {
    admits: ['admin'],
    members: {
      operations: each('items', [
        ...words('name version state position lag lagSeconds holder'),
        ...each('failures', words('kind error stream? revision? position? type?')),
        ...under('rebuild', words('position done eventsPerSecond remainingSeconds')),
      ]),
    },
  },
  'get /api/v1/admin/consumers': {
    admits: ['admin'],
    members: {
      operations: each('items', [
        ...words('kind name version state position lag lagSeconds holder'),
        ...each('failures', words('kind error stream? revision? position? type?')),
        ...under('rebuild', words('position done eventsPerSecond remainingSeconds')),
      ]),
    },
  },
  'post /api/v1/admin/projections/{name}/rebuild': {
    admits: ['admin'],
    members: { operations: ['name', 'asked'] },
  },
  'post /api/v1/admin/projections/{name}/retry': {
    admits: ['admin'],
    members: { operations: ['name', 'asked'] },
  },
  'post /api/v1/log/accept-loss': {
    admits: ['admin'],
    members: {
      operations: [
        'position',
        ...under(
          'loss',
          words('events atLeastEvents since until acknowledgedPosition endPosition'),
        ),
      ],
    },
  },
};

/** The rights to notice an event in histories and live updates, and to read its data. */
export interface EventAccess {
  readonly knows: Right;
  readonly reads: Right;
  /** The members of its data. */
  readonly data: readonly string[];
}

const written = (data: string): EventAccess => ({
  knows: 'facts',
  reads: 'text',
  data: data === '' ? [] : words(data),
});
const ofDesk = (right: Right, data: string): EventAccess => ({
  knows: right,
  reads: right,
  data: words(data),
});

export const events: Readonly<Record<string, EventAccess>> = {
  TicketCreated: written(`ticketId requester serviceId issueType description contact
    agreementVersion previousTicketId sensitiveAcknowledged`),
  TicketDispatched: written('owners serviceId serviceRevision'),
  TicketAssigned: written('engineerId how reason'),
  TicketForwarded: written('engineerId became from reason'),
  FeedbackRequested: written('message'),
  FeedbackProvided: written('message'),
  CustomerMessageAdded: written('message'),
  InternalNoteAdded: { knows: 'noteFacts', reads: 'notes', data: ['text'] },
  ProcessingResumed: written('reason'),
  ResolutionSubmitted: written('summary confirmationDueAt'),
  ResolutionWithdrawn: written('reason'),
  ResolutionConfirmed: written('rating comment'),
  ResolutionRejected: written('reason'),
  TicketCanceled: written('reason'),
  TicketClosed: written('reason explanation evaluationDueAt'),
  TicketSeveritySet: written('severity'),
  EvaluationSubmitted: written('rating comment'),
  ServiceRegistered: ofDesk('services', 'serviceId name issueTypes active'),
  ServiceChanged: ofDesk('services', 'serviceId name issueTypes active'),
  ServiceDeactivated: ofDesk('services', 'serviceId'),
  ServiceOwnersConfigured: ofDesk('desk', 'serviceId owners previousOwners'),
  EngineerRegistered: ofDesk('desk', 'engineerId displayName email active'),
  EngineerChanged: ofDesk('desk', 'engineerId displayName email active'),
  EngineerDeactivated: ofDesk('desk', 'engineerId'),
};

/** The members of a live update besides its data, by its subject. */
const update = words('revision position type at actor');
export const updateMembers: Readonly<Record<'ticketId' | 'serviceId' | 'engineerId', string[]>> = {
  ticketId: ['ticketId', 'reference', 'state', ...update],
  serviceId: ['serviceId', ...update],
  engineerId: ['engineerId', ...update],
};

/** The rights of an actor with some roles. */
export const rightsFor = (actorRoles: readonly Role[], relation: Relation): ReadonlySet<Right> =>
  new Set<Right>(['admitted', ...actorRoles.flatMap((role) => rightsOf[role][relation])]);
